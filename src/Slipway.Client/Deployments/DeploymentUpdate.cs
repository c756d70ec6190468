using Slipway.Contracts.Deployments;

namespace Slipway.Client.Deployments;

/// <summary>What following a deployment tells.</summary>
public abstract record DeploymentUpdate
{
    private DeploymentUpdate()
    {
    }

    /// <summary>The next event, in order and without gaps.</summary>
    public sealed record Happened(DeploymentEvent Event) : DeploymentUpdate;

    /// <summary>These instances changed.</summary>
    public sealed record InstancesChanged(IReadOnlyList<InstanceProgress> Instances) : DeploymentUpdate;

    /// <summary>The stream broke; it is being opened again. Told once per break.</summary>
    public sealed record ConnectionLost(string Reason) : DeploymentUpdate;

    public sealed record ConnectionRestored : DeploymentUpdate;
}
