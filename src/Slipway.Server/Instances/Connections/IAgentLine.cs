using System.Net.WebSockets;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Connections;

/// <summary>An agent that is there: what it can be told at once, and how it is told that it has to come again.</summary>
internal interface IAgentLine
{
    InstanceName Instance { get; }

    /// <summary>Hands a <c>ToAgent</c> over and goes on. False: it is over.</summary>
    bool Send(ReadOnlyMemory<byte> message);

    /// <summary>Says why and ends it, without waiting.</summary>
    void HangUp(WebSocketCloseStatus status, string reason);
}
