using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Observing;

/// <summary>Which version a server group runs: by the tag that Slipway's pipelines give it, else by the image it was made from.</summary>
internal sealed class GroupVersions(SpinnakerTarget target, Installation installation, IReadOnlyDictionary<string, VersionName> made)
{
    public async Task<IReadOnlyList<(ServerGroup Group, VersionName? Version)>> OfAsync(IReadOnlyList<ServerGroup> groups, CancellationToken cancellation)
    {
        var known = new List<(ServerGroup, VersionName?)>(groups.Count);
        foreach (var group in groups)
            known.Add((group, await OfAsync(group, cancellation)));

        return known;
    }

    private async Task<VersionName?> OfAsync(ServerGroup group, CancellationToken cancellation)
    {
        if (VersionName.TryParse(group.Tag(SpinnakerTarget.VersionTag), out var tagged))
            return tagged;

        // Asking for an image is a call for each group: only where it can tell something.
        if (made.Count > 0 && await installation.ImageAsync(target.Application, group, cancellation) is { } image && made.TryGetValue(image, out var version))
            return version;

        return null;
    }
}
