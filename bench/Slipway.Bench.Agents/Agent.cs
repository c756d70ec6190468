using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Bench.Agents;

/// <summary>Answers every command as an agent would that needs no time for it, or as long as it was told to.</summary>
internal sealed class Agent(Fleet fleet, Options options, InstanceName name, string serverId, ECDsa key, bool fails) : IDisposable
{
    private readonly SemaphoreSlim sending = new(1, 1);
    private ClientWebSocket? socket;
    private ulong generation;
    private Task conversation = Task.CompletedTask;

    public async Task ConnectAsync(HttpMessageInvoker invoker)
    {
        socket = new();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        socket.Options.SetRequestHeader("Authorization", AgentSignature.Create(key, name, serverId, "GET", AgentPaths.Connect, DateTimeOffset.UtcNow).ToHeader());
        var scheme = options.Server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        await socket.ConnectAsync(new UriBuilder(options.Server) { Scheme = scheme, Path = AgentPaths.Connect }.Uri, invoker, CancellationToken.None);
        await SendAsync(new() { Hello = new() { AgentVersion = "bench" } });
        conversation = ConverseAsync(socket);
    }

    public void Dispose()
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

        fleet.HasLost();
    }

    private async Task HandleAsync(ToAgent message)
    {
        switch (message.BodyCase)
        {
            case ToAgent.BodyOneofCase.Welcome:
                foreach (var assign in message.Welcome.Assignments)
                    await AssignedAsync(assign);
                break;
            case ToAgent.BodyOneofCase.Assign:
                await AssignedAsync(message.Assign);
                break;
            case ToAgent.BodyOneofCase.Prepare:
                await PreparedAsync(message.Prepare);
                break;
        }
    }

    private async Task PreparedAsync(Prepare prepare)
    {
        fleet.HeardPrepare(prepare.Release.Version);
        await SendAsync(new()
        {
            PrepareStatus = new()
            {
                Service = prepare.Service,
                Version = prepare.Release.Version,
                ConfigRevision = prepare.Release.ConfigRevision,
                State = PrepareState.PrepareDone,
                Cause = prepare.Cause,
            },
        });
        fleet.AnsweredPrepare(prepare.Release.Version);
    }

    private async Task AssignedAsync(Assign assign)
    {
        if (assign.Generation < generation)
            return;

        generation = assign.Generation;
        var version = assign.Release?.Version ?? "";
        fleet.HeardAssign(version);
        if (options.DelayMilliseconds > 0)
            await Task.Delay(options.DelayMilliseconds);

        await SendAsync(new()
        {
            Status = new()
            {
                Service = assign.Service,
                Generation = assign.Generation,
                State = assign.Release is null ? ServiceState.Stopped : fails ? ServiceState.Failed : ServiceState.Healthy,
                Version = version,
                RunningVersion = version,
                ConfigRevision = assign.Release?.ConfigRevision ?? 0,
                Reason = fails ? "It was told to fail." : "",
                Cause = assign.Cause,
                Ready = true,
            },
        });
        fleet.AnsweredAssign(version);
    }

    private async Task SendAsync(ToServer message)
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
