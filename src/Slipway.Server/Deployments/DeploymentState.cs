using System.Collections.Immutable;
using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>A deployment as its facts made it.</summary>
internal sealed record DeploymentState
{
    public required DeploymentId Id { get; init; }

    public required Created Request { get; init; }

    public required DeploymentStatus Status { get; init; }

    public required Plan Plan { get; init; }

    public Release? Previous { get; init; }

    public ServiceDefinition? PreviousDefinition { get; init; }

    /// <summary>The plan's stages, then those of the rollback.</summary>
    public ImmutableArray<StageState> Stages { get; init; } = [];

    public IReadOnlyList<ArtifactReference> References { get; init; } = [];

    public IReadOnlyList<ArtifactReference> PreviousReferences { get; init; } = [];

    public bool RollingBack { get; init; }

    public bool PauseRequested { get; init; }

    public bool CancelRequested { get; init; }

    public bool RollbackRequested { get; init; }

    public Failure? Failure { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public long Sequence { get; init; }

    public TargetId Target => new(Request.Service, Request.Environment);

    public bool IsTerminal => Status is not (DeploymentStatus.Queued or DeploymentStatus.Running or DeploymentStatus.Paused);

    /// <summary>The stage that runs or comes next. Null: all have ended.</summary>
    public StageState? FirstOpen => Stages.FirstOrDefault(stage => stage.Status is StageStatus.Pending or StageStatus.Running);

    /// <summary>What the stages that have succeeded gave, by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs =>
        Stages.Where(stage => stage.Output is not null).ToDictionary(stage => stage.Plan.Name, stage => stage.Output!.Value, StringComparer.Ordinal);

    /// <summary>The stages that have begun, in order.</summary>
    public IEnumerable<StageState> Begun => Stages.Where(stage => stage.Status is not (StageStatus.Pending or StageStatus.Skipped));
}

/// <summary>A stage and how far it is.</summary>
internal sealed record StageState
{
    public required PlannedStage Plan { get; init; }

    public bool IsRollback { get; init; }

    public StageStatus Status { get; init; }

    public int Attempt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public JsonElement? Memory { get; init; }

    /// <summary>Errors in a row.</summary>
    public int Errors { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public string? Note { get; init; }

    /// <summary>What it gave when it succeeded.</summary>
    public JsonElement? Output { get; init; }

    public StageShown? Shown { get; init; }

    public ApprovalAnswer? Answer { get; init; }
}
