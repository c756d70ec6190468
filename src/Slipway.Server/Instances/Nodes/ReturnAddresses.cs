using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Instances.Nodes;

/// <summary>What somebody is called who has asked agents something, so that answers find the way back to the node where they wait.</summary>
internal sealed class ReturnAddresses(ICluster cluster, INodeMessages nodes)
{
    private const char Separator = '.';

    private long last;

    public string Next() => $"{cluster.Me}{Separator}{Interlocked.Increment(ref last)}";

    /// <summary>To the node it is for, where that is another one.</summary>
    public void PassOn(string address, IAgentLine from, ToServer message)
    {
        if (address.Split(Separator) is [var node, _] && node != cluster.Me)
            _ = nodes.To(node)?.TakeWordsAsync(from.Instance.Value, message.ToByteArray());
    }
}
