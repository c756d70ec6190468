using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Targets;

/// <summary>When a target may be restarted, and with what. Pure.</summary>
internal static class RestartRules
{
    /// <summary>
    /// A restart never waits: until its turn came the target could run something else, and it would supersede a deployment that somebody waits for.
    /// </summary>
    public static Refusal? Refuse(TargetId target, TargetRow? row)
    {
        if (row?.Version is null)
            return Refusal.Conflict("nothing_to_restart", $"Nothing is deployed to {target} yet. Deploy a version first (slipway deploy {target.Service} <version> --to {target.Environment}).");

        return (row.RunningDeployment ?? row.QueuedDeployment) is { } busy
            ? Refusal.Conflict("deployment_under_way", $"{target} is being changed by {busy}. Wait for its end (slipway watch {busy}), then restart it.")
            : null;
    }

    /// <summary>The release that runs, once more.</summary>
    public static DeploymentRequest Again(DeploymentRequest request, TargetRow row) =>
        request with { Version = row.Version, ConfigRevision = row.ConfigRevision };
}
