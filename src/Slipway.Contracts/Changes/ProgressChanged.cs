using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Changes;

/// <summary>What instances do in these deployments changed.</summary>
public sealed record ProgressChanged
{
    public required IReadOnlyList<DeploymentId> Deployments { get; init; }
}
