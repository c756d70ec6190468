using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Converging;

/// <summary>When an instance is told something that no deployment told it.</summary>
internal static class ConvergenceRules
{
    public const string Cause = "convergence";

    /// <summary>
    /// A member that runs nothing gets what the target runs: also in the middle of a deployment, where it then has what its unchanged peers have.
    /// What it was assigned before stays.
    /// </summary>
    public static bool NeedsCurrent(Assignment assigned) => assigned is { Member: true, Release: null };

    /// <summary>
    /// After a deployment: whoever has something else than the target. Not those that a deployment which runs now has changed:
    /// it looks after them, and taking them back would undo it.
    /// </summary>
    public static bool IsLeftBehind(Assignment assigned, FleetRelease current, DeploymentId? running) =>
        assigned.Member
        && assigned.Release != current
        && !(running is { } deployment && assigned.Cause?.StartsWith($"{deployment}/", StringComparison.Ordinal) == true);

    /// <summary>
    /// What to make of an agent's word about generations that were never stored (the database was restored, or lost its last moments with the power).
    /// A higher generation than ours: we asked for it once, so it is what is assigned, and the next assignment is above it. Where its version is not
    /// known here any more, only the number is taken. The same number for something else: ours is said again with the next number.
    /// </summary>
    public static Assignment Reconcile(Assignment assigned, ServiceStatus reported, bool isKnownVersion)
    {
        var release = VersionName.TryParse(reported.Version, out var version) ? new FleetRelease(version, (int)reported.ConfigRevision) : null;
        if (reported.Generation > assigned.Generation)
        {
            return assigned with
            {
                Generation = reported.Generation,
                Cause = reported.Cause is { Length: > 0 } cause ? cause : assigned.Cause,
                Release = isKnownVersion && assigned.Member ? release : assigned.Release,
            };
        }

        var isSomethingElse = reported.Generation == assigned.Generation && assigned.Generation > 0
            && reported.Cause is { Length: > 0 } && reported.Cause != assigned.Cause && release != assigned.Release;
        return isSomethingElse ? assigned with { Generation = assigned.Generation + 1 } : assigned;
    }
}
