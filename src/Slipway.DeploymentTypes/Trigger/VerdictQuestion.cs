using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Which instances a deployment has changed, and how it is to be judged.</summary>
public sealed record VerdictQuestion
{
    public required DeploymentId Deployment { get; init; }

    public required TargetId Target { get; init; }

    public required Release Release { get; init; }

    /// <summary>In the order of their change. The target's others are what they are compared with.</summary>
    public required IReadOnlyList<InstanceName> Changed { get; init; }

    public required VerdictDefinition Definition { get; init; }
}
