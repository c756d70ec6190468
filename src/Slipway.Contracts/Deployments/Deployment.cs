using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Deployments;

/// <summary>One attempt to bring a target to a version and config revision.</summary>
public sealed record Deployment
{
    public required DeploymentId Id { get; init; }

    public required ServiceName Service { get; init; }

    public required EnvironmentName Environment { get; init; }

    public required VersionName Version { get; init; }

    public int? ConfigRevision { get; init; }

    /// <summary>What ran before; a rollback goes there.</summary>
    public VersionName? PreviousVersion { get; init; }

    public DeploymentKind Kind { get; init; }

    public required Strategy Strategy { get; init; }

    public required DeploymentStatus Status { get; init; }

    /// <summary>True while it takes itself back.</summary>
    public bool RollingBack { get; init; }

    /// <summary>What it will do next to a request: "pausing" or "cancelling" until the next safe point.</summary>
    public string? Pending { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>How far each stage of the plan is; rollback stages follow the plan's own.</summary>
    public required IReadOnlyList<StageProgress> Stages { get; init; }

    /// <summary>Why somebody asked for it.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed or was taken back.</summary>
    public Failure? Failure { get; init; }

    /// <summary>True: an automatic deployment of a new version.</summary>
    public bool Automatic { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Number of its last event.</summary>
    public required long Sequence { get; init; }
}
