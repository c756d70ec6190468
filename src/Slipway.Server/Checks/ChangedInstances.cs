using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Checks;

/// <summary>Which instances a deployment has changed so far.</summary>
internal static class ChangedInstances
{
    public static IReadOnlyList<LiveMember> Of(LiveFleet fleet, TargetId target, FleetRelease release, DeploymentId deployment) =>
        [.. fleet.Members(target).Where(member => member.State.Assigned is var assigned && assigned.Release == release && IsCausedBy(assigned, deployment)).OrderBy(member => member.Instance.Name.Value, StringComparer.Ordinal)];

    public static bool IsCausedBy(Assignment assigned, DeploymentId deployment) => assigned.Cause?.StartsWith($"{deployment}/", StringComparison.Ordinal) == true;
}
