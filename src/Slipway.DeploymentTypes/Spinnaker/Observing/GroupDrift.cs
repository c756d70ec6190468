using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Observing;

/// <summary>How what serves differs from what should. Pure.</summary>
internal static class GroupDrift
{
    /// <param name="wanted">Null: nobody has deployed through Slipway yet, so nothing differs.</param>
    public static IEnumerable<string> Of(SpinnakerTarget target, VersionName? wanted, IReadOnlyList<(ServerGroup Group, VersionName? Version)> groups)
    {
        if (wanted is not { } version)
            yield break;

        foreach (var region in target.Settings.Regions)
        {
            var serving = groups.Where(entry => entry.Group.Region == region && !entry.Group.IsDisabled).ToList();
            if (serving is [])
                yield return $"{region}: nothing serves, although {version} should.";

            // What an existing pipeline makes may carry nothing that tells its version.
            foreach (var (group, running) in serving.Where(entry => entry.Version != version && (entry.Version is not null || target.Settings.Pipeline is null)))
            {
                yield return running is { } other
                    ? $"{region}: {group.Name} serves {other} instead of {version}."
                    : $"{region}: {group.Name} serves a version that Slipway does not know instead of {version}.";
            }
        }
    }
}
