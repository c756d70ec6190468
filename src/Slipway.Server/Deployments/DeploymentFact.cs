using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>Something that happened to a deployment. State, timeline, audit and live stream are made from these. The name in JSON is the event's type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(StageStarted), "stageStarted")]
[JsonDerivedType(typeof(StageNoted), "stageNoted")]
[JsonDerivedType(typeof(StageSucceeded), "stageSucceeded")]
[JsonDerivedType(typeof(StageErrored), "stageErrored")]
[JsonDerivedType(typeof(StageFailed), "stageFailed")]
[JsonDerivedType(typeof(ApprovalAnswered), "approvalAnswered")]
[JsonDerivedType(typeof(PauseRequested), "pauseRequested")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(CancelRequested), "cancelRequested")]
[JsonDerivedType(typeof(RollbackRequested), "rollbackRequested")]
[JsonDerivedType(typeof(RollbackStarted), "rollbackStarted")]
[JsonDerivedType(typeof(Finished), "finished")]
internal abstract record DeploymentFact;

/// <summary>It was asked for and stored; it waits for its turn.</summary>
internal sealed record Created : DeploymentFact
{
    public required DeploymentId Deployment { get; init; }

    public required ServiceName Service { get; init; }

    public required EnvironmentName Environment { get; init; }

    public required Release Release { get; init; }

    public required string DeploymentType { get; init; }

    public required ServiceDefinition Definition { get; init; }

    public required Strategy Strategy { get; init; }

    public required Plan Plan { get; init; }

    public required string CreatedBy { get; init; }

    public string? Reason { get; init; }

    public bool Automatic { get; init; }

    public bool NoRollback { get; init; }

    /// <summary>Somebody takes the target back to an earlier version.</summary>
    public bool IsRollback { get; init; }

    /// <summary>What runs is started anew.</summary>
    public bool IsRestart { get; init; }

    /// <summary>What was made once for the version is made anew.</summary>
    public bool Rebuild { get; init; }

    /// <summary>It was started outside of Slipway, which only follows it.</summary>
    public OutsideRun? Outside { get; init; }

    /// <summary>The W3C id of the span that asked for it, below which everything else of its trace goes. Null: nobody traced.</summary>
    public string? Trace { get; init; }

    public DeploymentKind Kind => IsRestart ? DeploymentKind.Restart : IsRollback ? DeploymentKind.Rollback : DeploymentKind.Deploy;
}

/// <summary>Its turn has come. The plan is made again, because the target may have changed while it waited.</summary>
internal sealed record Started : DeploymentFact
{
    public required Plan Plan { get; init; }

    public Release? Previous { get; init; }

    /// <summary>The definition <see cref="Previous"/> was published with, for the way back.</summary>
    public ServiceDefinition? PreviousDefinition { get; init; }

    public IReadOnlyList<ArtifactReference> References { get; init; } = [];

    public IReadOnlyList<ArtifactReference> PreviousReferences { get; init; } = [];
}

internal sealed record StageStarted(int Stage, int Attempt, DateTimeOffset Deadline) : DeploymentFact;

/// <summary>What a stage wants to remember or to show.</summary>
internal sealed record StageNoted(int Stage, JsonElement? Memory, StageShown? Shown = null) : DeploymentFact;

internal sealed record StageSucceeded(int Stage, JsonElement? Output = null, StageShown? Shown = null) : DeploymentFact
{
    public IReadOnlyList<ArtifactReference> References { get; init; } = [];
}

/// <summary>We could not tell; it is tried again at <see cref="RetryAt"/>.</summary>
internal sealed record StageErrored(int Stage, string Cause, DateTimeOffset RetryAt, JsonElement? Memory) : DeploymentFact;

internal sealed record StageFailed(int Stage, Failure Failure, StageShown? Shown = null) : DeploymentFact;

/// <summary>Somebody answered what a stage had asked.</summary>
internal sealed record ApprovalAnswered(int Stage, bool Approved, string By, string? Choice, string? Reason) : DeploymentFact;

internal sealed record PauseRequested(string By, string? Reason) : DeploymentFact;

/// <param name="By">Who paused the work outside; null: Slipway, as it was asked.</param>
internal sealed record Paused(string? By = null) : DeploymentFact;

internal sealed record Resumed(string By) : DeploymentFact;

internal sealed record CancelRequested(string By, string? Reason) : DeploymentFact;

/// <summary>Somebody takes a running deployment back.</summary>
/// <param name="Request">What a deployment made by the same request would be called, where the target was to be taken back: whoever repeats it finds this one by it.</param>
internal sealed record RollbackRequested(string By, string? Reason, DeploymentId? Request = null) : DeploymentFact;

internal sealed record RollbackStarted(IReadOnlyList<PlannedStage> Stages) : DeploymentFact;

internal sealed record Finished(DeploymentStatus Status, string? Because = null) : DeploymentFact;
