using Orleans.Concurrency;
using Orleans.Services;

namespace Slipway.Server.Instances.Nodes;

/// <summary>What nodes ask of each other. Everything here is for speed: what gets lost is found out from the database.</summary>
internal interface INodeService : IGrainService
{
    /// <summary>Passes messages on to agents.</summary>
    Task DeliverAsync(NodeMail[] mail);

    /// <summary>What an agent said to somebody on this node: lines of a service's output, or what it measured. A <c>ToServer</c>.</summary>
    [OneWay]
    Task TakeWordsAsync(string instance, byte[] message);
}
