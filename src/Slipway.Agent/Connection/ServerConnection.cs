using System.Buffers;
using System.Net.WebSockets;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Reporting;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Connection;

/// <summary>
/// Keeps a connection to the server: opens it, says what is, hears what should be, and when it is lost comes back. Services never notice.
/// </summary>
internal sealed partial class ServerConnection(
    ServerRequests requests, Outbox outbox, IConversation conversation, Random random, TimeProvider time, ILogger<ServerConnection> log) : ITransport
{
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RevokedRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private readonly Backoff backoff = new(random);
    private TimeSpan heartbeat = DefaultHeartbeat;
    private string lastTrouble = "";

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var pause = await ConnectOnceAsync(cancellation);
            if (time.GetElapsedTime(started) >= StableAfter)
                backoff.Reset();

            await Task.Delay(pause ?? backoff.Next(), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        LogStopped();
    }

    /// <summary>One connection from beginning to end. Returns how long to wait when that is not the back-off's to say.</summary>
    private async Task<TimeSpan?> ConnectOnceAsync(CancellationToken cancellation)
    {
        try
        {
            using var opening = new CancellationTokenSource(OpenTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(opening.Token, cancellation);
            switch (await Handshake.OpenAsync(requests, either.Token))
            {
                case HandshakeAnswer.Opened(var socket):
                    using (socket)
                        await ConverseAsync(socket, cancellation);
                    return null;
                case HandshakeAnswer.Refused(var refusal):
                    return Refused(refusal);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebSocketException or OperationCanceledException
            or InvalidDataException or InvalidProtocolBufferException)
        {
            if (!cancellation.IsCancellationRequested)
                Trouble(e is OperationCanceledException ? "It did not answer in time." : e.InnerException?.Message ?? e.Message);
        }

        requests.MoveToNextServer();
        return null;
    }

    private TimeSpan? Refused(ServerRefusal refusal)
    {
        Trouble($"{refusal.Detail} ({refusal.Code})");
        requests.MoveToNextServer();
        return refusal.IsFinal && !requests.HasSeveralServers ? RevokedRetry : null;
    }

    /// <summary>The same trouble again and again is told once.</summary>
    private void Trouble(string what)
    {
        if (what != lastTrouble)
            LogNotConnected(requests.Server, what);

        lastTrouble = what;
    }

    private async Task ConverseAsync(WebSocket socket, CancellationToken cancellation)
    {
        // Not linked to the agent's end: cancelling a receive or a send breaks the connection, and there is a goodbye to say first.
        using var over = new CancellationTokenSource();
        outbox.BeginConnection();
        await SendAsync(socket, new ToServer { Hello = conversation.Hello() }, over.Token);
        await using var leaving = cancellation.Register(() => Leave(over));
        var sending = SendQueuedAsync(socket, over.Token);
        var beating = BeatAsync(over.Token);
        try
        {
            await ReceiveAsync(socket, over.Token);
            if (!cancellation.IsCancellationRequested)
                Trouble("The server closed the connection.");
        }
        finally
        {
            conversation.Disconnected();
            await over.CancelAsync();
            await Task.WhenAll(sending, beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Leave(CancellationTokenSource over)
    {
        outbox.Put(new ToServer { Leaving = new() { Reason = "The agent was told to stop; its services go on." } });
        over.CancelAfter(Farewell);
    }

    private async Task ReceiveAsync(WebSocket socket, CancellationToken cancellation)
    {
        var reader = new MessageReader(socket);
        while (await reader.ReadAsync(cancellation) is { } message)
        {
            if (message.Welcome is { } welcome)
                Welcomed(welcome);

            conversation.Receive(message);
        }
    }

    private void Welcomed(Welcome welcome)
    {
        lastTrouble = "";
        heartbeat = welcome.HeartbeatIntervalMs > 0 ? TimeSpan.FromMilliseconds(welcome.HeartbeatIntervalMs) : DefaultHeartbeat;
        LogConnected(requests.Server, welcome.ServerVersion, welcome.Assignments.Count);
    }

    private async Task SendQueuedAsync(WebSocket socket, CancellationToken cancellation)
    {
        try
        {
            ToServer message;
            do
            {
                message = await outbox.TakeAsync(cancellation);
                await SendAsync(socket, message, cancellation);
            }
            while (message.Leaving is null);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "leaving", cancellation);
        }
        catch (Exception e) when (e is IOException or WebSocketException or ObjectDisposedException)
        {
            // The receiving side ends the connection; here is only told sooner that it is gone.
            socket.Abort();
        }
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        // The first beats of many agents that came back together are spread out.
        await Task.Delay(heartbeat * (0.5 + (random.NextDouble() / 2)), time, cancellation);
        while (true)
        {
            outbox.Put(new ToServer { Heartbeat = conversation.Heartbeat() });
            await Task.Delay(heartbeat, time, cancellation);
        }
    }

    private static async ValueTask SendAsync(WebSocket socket, ToServer message, CancellationToken cancellation)
    {
        var size = message.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            message.WriteTo(buffer.AsSpan(0, size));
            await socket.SendAsync(buffer.AsMemory(0, size), WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
