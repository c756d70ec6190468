using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>States as people say them.</summary>
internal static class Words
{
    public static string Of(DeploymentStatus status) => status switch
    {
        DeploymentStatus.Queued => "queued",
        DeploymentStatus.Running => "running",
        DeploymentStatus.Paused => "paused",
        DeploymentStatus.Succeeded => "succeeded",
        DeploymentStatus.Failed => "failed",
        DeploymentStatus.RolledBack => "rolled back",
        DeploymentStatus.Cancelled => "cancelled",
        DeploymentStatus.Superseded => "superseded",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
