using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Bench.Agents;

/// <summary>Over a WebSocket of its own: the direct transport.</summary>
internal sealed class ConnectedAgent(Fleet fleet, Options options, Uri server, InstanceName name, string serverId, ECDsa key, bool fails) : Agent(fleet, options, fails)
{
    private readonly SemaphoreSlim sending = new(1, 1);
    private ClientWebSocket? socket;
    private Task conversation = Task.CompletedTask;

    public override async Task ConnectAsync(HttpMessageInvoker invoker)
    {
        socket = new();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        socket.Options.SetRequestHeader("Authorization", AgentSignature.Create(key, name, serverId, "GET", AgentPaths.Connect, DateTimeOffset.UtcNow).ToHeader());
        var scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = scheme, Path = AgentPaths.Connect }.Uri, invoker, CancellationToken.None);
        await SendAsync(new() { Hello = new() { AgentVersion = "bench" } });
        conversation = ConverseAsync(socket);
    }

    public override void Dispose()
    {
        socket?.Abort();
        socket?.Dispose();
        sending.Dispose();
    }

    private async Task ConverseAsync(ClientWebSocket from)
    {
        try
        {
            while (await ReadAsync(from) is { } message)
                await HandleAsync(message);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Counted below.
        }

        Lost();
    }

    protected override async Task SendAsync(ToServer message)
    {
        await sending.WaitAsync();
        try
        {
            await socket!.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    private static async ValueTask<ToAgent?> ReadAsync(ClientWebSocket from)
    {
        var result = await from.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        var buffer = ArrayPool<byte>.Shared.Rent(8192);
        try
        {
            var length = 0;
            while (!result.EndOfMessage && result.MessageType != WebSocketMessageType.Close)
            {
                result = await from.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += result.Count;
            }

            return result.MessageType == WebSocketMessageType.Close ? null : ToAgent.Parser.ParseFrom(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
