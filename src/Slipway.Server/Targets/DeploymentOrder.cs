using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Targets;

/// <summary>A request for a deployment, with who asks and why it is asked.</summary>
internal sealed record DeploymentOrder
{
    /// <summary>Chosen by whoever asks, so that asking again finds the first.</summary>
    public DeploymentId Id { get; init; } = DeploymentId.New();

    public required DeploymentRequest Request { get; init; }

    public required string By { get; init; }

    /// <summary>Not by a person: a hold refuses it.</summary>
    public bool Automatic { get; init; }

    public bool IsRollback { get; init; }

    /// <summary>The release is whatever the target runs when it begins, and nothing is superseded for it.</summary>
    public bool IsRestart { get; init; }

    /// <summary>It runs already, outside of Slipway.</summary>
    public OutsideRun? Outside { get; init; }

    public DeploymentKind Kind => IsRestart ? DeploymentKind.Restart : IsRollback ? DeploymentKind.Rollback : DeploymentKind.Deploy;
}
