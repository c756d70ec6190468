using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>Stands between agent and server and counts what the agent sends.</summary>
internal sealed class CountingRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> pumps = [];
    private readonly Uri server;
    private readonly Task accepting;
    private long sent;

    public CountingRelay(Uri server)
    {
        this.server = server;
        listener.Start();
        Address = new($"http://{listener.LocalEndpoint}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Bytes; whatever the server has read is counted.</summary>
    public long Sent => Interlocked.Read(ref sent);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var agent = await listener.AcceptTcpClientAsync(stop.Token);
            pumps.Add(RelayAsync(agent));
        }
    }

    private async Task RelayAsync(TcpClient agent)
    {
        using (agent)
        {
            using var behind = new TcpClient { NoDelay = true };
            await behind.ConnectAsync(server.Host, server.Port, stop.Token);
            var up = PumpAsync(agent.GetStream(), behind.GetStream(), count => Interlocked.Add(ref sent, count));
            var down = PumpAsync(behind.GetStream(), agent.GetStream(), _ => { });
            await Task.WhenAny(up, down);
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<int> counted)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, stop.Token) is > 0 and var count)
        {
            counted(count);
            await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
        }
    }
}
