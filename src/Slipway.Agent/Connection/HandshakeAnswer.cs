using System.Net.WebSockets;

namespace Slipway.Agent.Connection;

internal abstract record HandshakeAnswer
{
    public sealed record Opened(WebSocket Socket) : HandshakeAnswer;

    public sealed record Refused(ServerRefusal Refusal) : HandshakeAnswer;
}
