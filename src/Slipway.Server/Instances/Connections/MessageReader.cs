using System.Buffers;
using System.Net.WebSockets;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Connections;

/// <summary>Reads whole messages. While nothing arrives no buffer is held: the wait is a read of zero bytes.</summary>
internal static class MessageReader
{
    public const int MaximumSize = 1024 * 1024;
    private const int FirstBuffer = 2048;

    /// <summary>Null: the agent closed the connection.</summary>
    public static async ValueTask<ToServer?> ReadAsync(WebSocket socket)
    {
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (result.MessageType == WebSocketMessageType.Close)
            return null;

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (!result.EndOfMessage)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);

                result = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                    return null;

                length += result.Count;
            }

            return ToServer.Parser.ParseFrom(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= MaximumSize)
            throw new InvalidDataException($"A message has more than {MaximumSize} bytes.");

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(MaximumSize, buffer.Length * 4));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
