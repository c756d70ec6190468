using System.Net.WebSockets;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Connection;

/// <summary>Puts the frames of one message together. Small at rest; a large message's buffer is let go afterwards.</summary>
internal sealed class MessageReader(WebSocket socket)
{
    private const int Small = 4 * 1024;
    private const int Maximum = 8 * 1024 * 1024;
    private byte[] buffer = new byte[Small];

    /// <summary>Null when the other side has closed.</summary>
    public async ValueTask<ToAgent?> ReadAsync(CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (result.MessageType == WebSocketMessageType.Close)
                return null;

            length += result.Count;
            if (result.EndOfMessage)
                break;

            if (length == buffer.Length)
                Grow();
        }

        var message = ToAgent.Parser.ParseFrom(buffer.AsSpan(0, length));
        if (buffer.Length > Small * 16)
            buffer = new byte[Small];

        return message;
    }

    private void Grow()
    {
        if (buffer.Length >= Maximum)
            throw new InvalidDataException($"The server sent a message of more than {Maximum} bytes.");

        Array.Resize(ref buffer, buffer.Length * 2);
    }
}
