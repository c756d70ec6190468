using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>Tells the engine that something a deployment may wait for has happened. Cheap, and safe to call too often.</summary>
internal interface IDeploymentWakeUps
{
    /// <summary>Something changed on an instance of this target.</summary>
    void InstancesChanged(TargetId target);
}
