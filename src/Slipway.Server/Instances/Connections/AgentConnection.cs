using System.Net.WebSockets;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Connections;

/// <summary>
/// One agent's WebSocket. Whoever has a message hands it over and goes on; it leaves at once when nothing is under way, else in turn.
/// An agent that does not take what it is sent is cut off, so that it can never make the server hold more than a little.
/// At rest it holds no buffer, no timer and no task.
/// </summary>
internal sealed class AgentConnection(InstanceName instance, WebSocket socket, TimeProvider time) : IAgentLine
{
    public const int MaximumWaiting = 512;
    public const int MaximumWaitingBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private Queue<ReadOnlyMemory<byte>>? waiting;
    private int waitingBytes;
    private bool closed;
    private long sendingSince;
    private Task sending = Task.CompletedTask;
    private Task closing = Task.CompletedTask;

    public InstanceName Instance => instance;

    /// <summary>False: it is over.</summary>
    public bool Send(ReadOnlyMemory<byte> message)
    {
        lock (gate)
        {
            if (closed)
                return false;

            if (sendingSince != 0)
                return Wait(message);

            sendingSince = time.GetTimestamp();
        }

        sending = SendAllAsync(message);
        return true;
    }

    /// <summary>Says why and hangs up. Somebody else reads on until the agent has answered the same.</summary>
    public Task CloseAsync(WebSocketCloseStatus status, string reason) => CloseAsync(socket.CloseOutputAsync, status, reason);

    /// <summary>For whoever reads: takes what the agent had still sent, so that it hears why before the line is cut.</summary>
    public Task CloseAndWaitAsync(WebSocketCloseStatus status, string reason) => CloseAsync(socket.CloseAsync, status, reason);

    /// <summary>The same without waiting for it; whoever reads from the connection sees it end.</summary>
    public void HangUp(WebSocketCloseStatus status, string reason) => closing = CloseAsync(status, reason);

    public void Abort()
    {
        lock (gate)
        {
            closed = true;
            waiting = null;
        }

        socket.Abort();
    }

    /// <summary>Cuts off an agent that has not taken a message for too long.</summary>
    public bool AbortIfStuck()
    {
        var since = Volatile.Read(ref sendingSince);
        if (since == 0 || time.GetElapsedTime(since) < SendTimeout)
            return false;

        Abort();
        return true;
    }

    /// <summary>After this nothing touches the socket any more.</summary>
    public async Task EndAsync()
    {
        Abort();
        await Task.WhenAll(sending, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public static bool IsOver(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async Task CloseAsync(Func<WebSocketCloseStatus, string, CancellationToken, Task> close, WebSocketCloseStatus status, string reason)
    {
        lock (gate)
        {
            if (closed)
                return;

            closed = true;
        }

        try
        {
            await close(status, reason, CancellationToken.None).WaitAsync(CloseTimeout);
        }
        catch (Exception e) when (IsOver(e) || e is TimeoutException)
        {
            socket.Abort();
        }
    }

    private bool Wait(ReadOnlyMemory<byte> message)
    {
        waiting ??= new();
        if (waiting.Count >= MaximumWaiting || waitingBytes + message.Length > MaximumWaitingBytes)
        {
            closed = true;
            waiting = null;
            socket.Abort();
            return false;
        }

        waiting.Enqueue(message);
        waitingBytes += message.Length;
        return true;
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            do
                await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            while (Next(out message));
        }
        catch (Exception e) when (IsOver(e))
        {
            // The receiving side ends the connection; this only makes it notice.
            Abort();
        }
    }

    private bool Next(out ReadOnlyMemory<byte> message)
    {
        lock (gate)
        {
            if (waiting is not null && waiting.TryDequeue(out message))
            {
                waitingBytes -= message.Length;
                sendingSince = time.GetTimestamp();
                return true;
            }

            waiting = null;
            message = default;
            sendingSince = 0;
            return false;
        }
    }
}
