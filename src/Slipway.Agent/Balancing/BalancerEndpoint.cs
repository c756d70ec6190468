using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Agent.Balancing;

/// <summary>
/// The one address balancers ask. It speaks two protocols on the same port: HTTP (`GET /ready`, `GET /ready/SERVICE`: 200 or 503) and
/// HAProxy's agent-check, where the client sends a service's name and a newline, or nothing at all, and gets a line of words.
/// </summary>
internal sealed class BalancerEndpoint : IAsyncDisposable
{
    private const int LongestRequest = 4096;
    private static readonly TimeSpan SilenceMeansAgentCheck = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RequestTakesAtMost = TimeSpan.FromSeconds(2);

    private readonly ReadinessBoard board;
    private readonly Socket listener;
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim places = new(64);
    private Task accepting = Task.CompletedTask;

    /// <summary>Takes the address, so that one that cannot be used is known at once.</summary>
    public BalancerEndpoint(IPEndPoint address, ReadinessBoard board)
    {
        this.board = board;
        listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(address);
    }

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>
    /// Until then connections are refused, which HAProxy's agent-check passes over; an answer before what runs was found again would be "down".
    /// </summary>
    public void Open()
    {
        listener.Listen();
        accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        closing.Dispose();
        places.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(closing.Token);
                _ = AnswerAsync(await listener.AcceptAsync(closing.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that went away before it was accepted, or no descriptors left: the next one may fare better.
                places.Release();
                await Task.Delay(100).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Owned by the semaphore: it takes a place and gives it back, and nothing it does outlives two seconds.</summary>
    private async Task AnswerAsync(Socket client)
    {
        try
        {
            using (client)
            {
                var answer = AnswerTo(await ReadRequestAsync(client));
                await client.SendAsync(Encoding.ASCII.GetBytes(answer));
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The balancer went away or was too slow; it will ask again.
        }
        finally
        {
            if (!closing.IsCancellationRequested)
                places.Release();
        }
    }

    private async Task<string> ReadRequestAsync(Socket client)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            limit.CancelAfter(length == 0 ? SilenceMeansAgentCheck : RequestTakesAtMost);
            try
            {
                var read = await client.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += read;
                if (read == 0 || IsComplete(buffer.AsSpan(0, length)))
                    break;
            }
            catch (OperationCanceledException) when (length == 0 && !closing.IsCancellationRequested)
            {
                break;
            }
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    /// <summary>An HTTP request is read to its empty line: closing with unread bytes would reset the connection before the answer arrives.</summary>
    private static bool IsComplete(ReadOnlySpan<byte> request) =>
        request.IndexOf(" HTTP/1."u8) >= 0 ? request.IndexOf("\r\n\r\n"u8) >= 0 : request.Contains((byte)'\n');

    private string AnswerTo(string request)
    {
        var line = request.Split('\n')[0].Trim();
        if (line.Split(' ') is [var method, var path, ['H', 'T', 'T', 'P', '/', ..]])
            return HttpAnswer(method, path.Split('?')[0]);

        return AgentCheckAnswer(line.Length == 0 ? board.OfAll() : board.Of(line));
    }

    /// <summary>
    /// "drain" and "down" are two different states of a HAProxy server and only the agent that set them clears them: "ready" ends drain,
    /// "up" ends down, so a ready service says both. Its reader waits for the newline.
    /// </summary>
    private static string AgentCheckAnswer(Readiness readiness) => readiness switch
    {
        Readiness.Ready => "ready up\n",
        Readiness.Draining => "drain\n",
        Readiness.Starting => "down #starting\n",
        _ => "down\n",
    };

    private string HttpAnswer(string method, string path)
    {
        const string one = "/ready/";
        if (path != "/ready" && !path.StartsWith(one, StringComparison.Ordinal))
            return Http("404 Not Found", "ask for /ready or /ready/SERVICE\n", method);

        var readiness = path == "/ready" ? board.OfAll() : board.Of(path[one.Length..]);
        return readiness == Readiness.Ready
            ? Http("200 OK", "ready\n", method)
            : Http("503 Service Unavailable", Word(readiness) + "\n", method);
    }

    private static string Http(string status, string body, string method) =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        + (method == "HEAD" ? "" : body);

    private static string Word(Readiness readiness) => readiness switch
    {
        Readiness.Ready => "ready",
        Readiness.Draining => "draining",
        Readiness.Starting => "starting",
        _ => "down",
    };
}
