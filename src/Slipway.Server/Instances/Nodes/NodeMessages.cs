using Orleans.Runtime.Services;
using Slipway.Server.Cluster;

namespace Slipway.Server.Instances.Nodes;

/// <summary>By Orleans' connections between nodes.</summary>
internal sealed class NodeMessages(IServiceProvider services, OrleansCluster cluster) : GrainServiceClient<INodeService>(services), INodeMessages
{
    public INodeService? To(string node) => cluster.SiloOf(node) is { } silo ? GetGrainService(silo) : null;
}
