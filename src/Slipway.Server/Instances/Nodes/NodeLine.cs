using System.Net.WebSockets;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Instances.Nodes;

/// <summary>The way to an agent that speaks with another node.</summary>
internal sealed class NodeLine(InstanceName instance, string node, Outbox outbox) : IAgentLine
{
    public InstanceName Instance => instance;

    public string Node => node;

    /// <summary>True says only that it is on its way.</summary>
    public bool Send(ReadOnlyMemory<byte> message) => outbox.Add(instance, message, hangUp: null);

    public void HangUp(WebSocketCloseStatus status, string reason) => outbox.Add(instance, message: null, reason);
}
