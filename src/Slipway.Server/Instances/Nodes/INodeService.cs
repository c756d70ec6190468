using Orleans.Concurrency;
using Orleans.Services;

namespace Slipway.Server.Instances.Nodes;

/// <summary>What nodes ask of each other. Everything here is for speed: what gets lost is found out from the database.</summary>
internal interface INodeService : IGrainService
{
    /// <summary>Passes messages on to agents.</summary>
    Task DeliverAsync(NodeMail[] mail);

    /// <summary>Lines of a service's output, for a reader on this node. A <c>LogChunk</c>.</summary>
    [OneWay]
    Task TakeLinesAsync(string instance, byte[] chunk);
}
