using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Chaos.Stack;

/// <summary>A line from an agent to a server that breaks, holds back and delays what goes over it.</summary>
internal sealed class UnsteadyLine : IDisposable
{
    private readonly TcpListener listener;
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly int behind;
    private volatile bool isCut;
    private volatile TaskCompletionSource? held;
    private long delay;

    public UnsteadyLine(IPAddress address, int behind)
    {
        this.behind = behind;
        listener = new(address, address.Equals(IPAddress.Loopback) ? 0 : behind);
        listener.Start();
        Accepting = AcceptAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}";

    internal Task Accepting { get; }

    /// <summary>What is open breaks with a reset; nothing new comes through until it is mended.</summary>
    public void Cut()
    {
        isCut = true;
        Break();
    }

    /// <summary>What is open breaks with a reset; new connections come through.</summary>
    public void Break()
    {
        // Taken first, ended afterwards: who sees one side gone would end the other in good manners.
        foreach (var client in open.Keys.Where(client => open.TryRemove(client, out _)).ToList())
        {
            // Without it a stream would say goodbye first, and that is not how lines break.
            client.Client?.Close(0);
            client.Dispose();
        }
    }

    /// <summary>Connections stay, and nothing goes over them until it is mended.</summary>
    public void Hold() => held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Slow(TimeSpan each) => Interlocked.Exchange(ref delay, each.Ticks);

    public void Mend()
    {
        isCut = false;
        Interlocked.Exchange(ref delay, 0);
        held?.TrySetResult();
        held = null;
    }

    public void Dispose()
    {
        listener.Dispose();
        Mend();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task CarryAsync(TcpClient here)
    {
        var there = new TcpClient();
        open[here] = open[there] = 0;
        try
        {
            if (!isCut)
            {
                await there.ConnectAsync(IPAddress.Loopback, behind);
                await Task.WhenAny(CopyAsync(here, there), CopyAsync(there, here));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // One of the two is gone, and so is the line.
        }

        End(here);
        End(there);
    }

    /// <summary>Unless it was taken to be broken.</summary>
    private void End(TcpClient client)
    {
        if (open.TryRemove(client, out _))
            client.Dispose();
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var (source, sink) = (from.GetStream(), to.GetStream());
            var buffer = new byte[32 * 1024];
            int read;
            while ((read = await source.ReadAsync(buffer)) > 0)
            {
                if (held is { } hold)
                    await hold.Task;
                if (Interlocked.Read(ref delay) is > 0 and var ticks)
                    await Task.Delay(TimeSpan.FromTicks(ticks));
                await sink.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // Whoever waits for either direction ends the line.
        }
    }

    private static bool IsTheEnd(Exception e) => e is SocketException or IOException or ObjectDisposedException or InvalidOperationException;
}
