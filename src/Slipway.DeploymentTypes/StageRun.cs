using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

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

    public required Release Release { get; init; }

    /// <summary>What ran before the deployment. Null: nothing.</summary>
    public Release? Previous { get; init; }

    /// <summary>True for a stage made by <see cref="IDeploymentType.PlanRollbackAsync"/>.</summary>
    public bool IsRollback { get; init; }

    /// <summary>The definition of the version this stage brings.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>What the last call of this attempt stored. Null at the first.</summary>
    public JsonElement? Memory { get; init; }

    /// <summary>Stages that began before this one, in order.</summary>
    public required IReadOnlyList<PlannedStage> Begun { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}
