using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Trigger;

namespace Slipway.Server.Checks.Declared.Healthy;

/// <summary>What stands in an environment, and how it is there.</summary>
internal sealed record Standing
{
    /// <summary>Null: nothing was ever deployed there.</summary>
    public VersionName? Version { get; init; }

    /// <summary>When that was deployed there.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>What is being deployed there, or started anew; the version that is asked for also where it is only the next.</summary>
    public (DeploymentId Id, VersionName Version)? Running { get; init; }

    /// <summary>The deployment or restart that ended there last, however it ended.</summary>
    public (DeploymentId Id, DeploymentStatus Status, DateTimeOffset At)? Last { get; init; }

    /// <summary>Why the version that is asked for is on the list of bad ones. Null: it is not.</summary>
    public string? BadBecause { get; init; }

    /// <summary>What its verdict there says, where that is fail. Null: it is not.</summary>
    public string? Failing { get; init; }

    /// <summary>How the target's instances are. Null: another system runs them.</summary>
    public IReadOnlyList<FleetStatus>? Instances { get; init; }

    /// <summary>Instances of another system, as they were seen last. Null: that shows nothing of them.</summary>
    public InstanceGroups? Groups { get; init; }
}
