using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>Facts to be added to one deployment, together with what its instances do now.</summary>
internal sealed record Change(DeploymentState? Before, IReadOnlyList<DeploymentFact> Facts)
{
    public IReadOnlyList<InstanceProgress> Instances { get; init; } = [];
}
