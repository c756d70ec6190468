using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes;

/// <summary>
/// What a deployment knew of itself when it asked for an effect: if it has gone on since, on another node of the cluster, whoever asked is out of date and the effect
/// must not happen.
/// </summary>
/// <param name="Sequence">The number of its last event.</param>
public readonly record struct Fence(DeploymentId Deployment, long Sequence);
