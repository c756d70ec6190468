using System.Collections.Immutable;

namespace Slipway.FakeGate.World;

/// <summary>All server groups and images at one moment.</summary>
internal sealed record WorldState(ImmutableList<ServerGroup> Groups, ImmutableList<Image> Images)
{
    public static WorldState Empty { get; } = new([], []);

    public IEnumerable<ServerGroup> Cluster(string account, string region, string cluster) =>
        Groups.Where(group => group.Account == account && group.Region == region && group.Cluster == cluster).OrderBy(group => group.Created);

    public ServerGroup? Find(string account, string region, string name) =>
        Groups.FirstOrDefault(group => group.Account == account && group.Region == region && group.Name == name);

    public WorldState Replace(ServerGroup before, ServerGroup after) => this with { Groups = Groups.Replace(before, after) };
}
