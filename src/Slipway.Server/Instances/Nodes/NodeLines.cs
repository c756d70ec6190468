using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Server.Cluster;

namespace Slipway.Server.Instances.Nodes;

/// <summary>The lines through other nodes.</summary>
internal sealed class NodeLines(ICluster cluster, INodeMessages nodes, ILogger<Outbox> log)
{
    private readonly ConcurrentDictionary<string, Outbox> outboxes = new(StringComparer.Ordinal);

    /// <summary>Null: that node is gone, or is this one.</summary>
    public NodeLine? To(InstanceName instance, string? node)
    {
        if (node is null || node == cluster.Me || !cluster.IsAlive(node))
            return null;

        return new(instance, node, outboxes.GetOrAdd(node, name => new(name, nodes, log)));
    }

    /// <summary>Nodes that are gone never come back under their name.</summary>
    public void Forget()
    {
        foreach (var node in outboxes.Keys.Where(node => !cluster.IsAlive(node)))
            outboxes.TryRemove(node, out _);
    }
}
