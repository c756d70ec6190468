using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.DeploymentTypes;

/// <summary>One call of a stage.</summary>
public sealed record StageRun
{
    public required DeploymentId Deployment { get; init; }

    public required TargetId Target { get; init; }

    public required PlannedStage Stage { get; init; }

    /// <summary>Counts from 1; a stage that starts over (a soak after a pause) gets the next.</summary>
    public required int Attempt { get; init; }

    /// <summary>deployment/stage/attempt: the mark every effect outside carries.</summary>
    public string Key => $"{Deployment}/{Stage.Name}/{Attempt}";

    /// <summary>Every effect on instances happens only as long as this holds. Null: nobody else can be working on the deployment.</summary>
    public Fence? Fence { get; init; }

    public required Release Release { get; init; }

    public required Strategy Strategy { get; init; }

    /// <summary>What ran before the deployment. Null: nothing.</summary>
    public Release? Previous { get; init; }

    /// <summary>What the deployment was asked for.</summary>
    public DeploymentKind Kind { get; init; }

    /// <summary>True for a stage made by <see cref="IDeploymentType.PlanRollbackAsync"/>.</summary>
    public bool IsRollback { get; init; }

    /// <summary>The definition of the version this stage brings.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>What the last call of this attempt stored. Null at the first.</summary>
    public JsonElement? Memory { get; init; }

    /// <summary>What the stage shows now.</summary>
    public StageShown? Shown { get; init; }

    /// <summary>Stages that began before this one, in order.</summary>
    public required IReadOnlyList<PlannedStage> Begun { get; init; }

    /// <summary>What the stages that have succeeded gave, by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What was made outside of Slipway for the release's version when the deployment started, newest first.</summary>
    public IReadOnlyList<ArtifactReference> References { get; init; } = [];

    /// <summary>The same for the version of <see cref="Previous"/>.</summary>
    public IReadOnlyList<ArtifactReference> PreviousReferences { get; init; } = [];

    /// <summary>What the engine wants; only stages that are <see cref="PlannedStage.Interruptible"/> ever get anything but <see cref="StageWish.Go"/>.</summary>
    public StageWish Wish { get; init; }

    /// <summary>What was made once for the version is to be made anew.</summary>
    public bool Rebuild { get; init; }

    /// <summary>What somebody answered to the stage's question.</summary>
    public ApprovalAnswer? Answer { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>The run outside that this deployment only follows.</summary>
    public OutsideRun? Outside { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}
