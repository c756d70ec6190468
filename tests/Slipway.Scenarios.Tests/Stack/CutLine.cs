using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Scenarios.Tests.Stack;

/// <summary>A line between two programs that somebody can cut, slow down and mend.</summary>
public sealed class CutLine : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly int behind;
    private volatile bool isCut;
    private long delay;

    public CutLine(int behind)
    {
        this.behind = behind;
        listener.Start();
        Accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    internal Task Accepting { get; }

    /// <summary>What is open breaks, and nothing new comes through.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var (client, _) in open)
            client.Dispose();
    }

    public void Mend() => (isCut, Delay) = (false, TimeSpan.Zero);

    /// <summary>By which everything arrives late that is sent to the program behind.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref delay));
        set => Volatile.Write(ref delay, value.Ticks);
    }

    public void Dispose()
    {
        listener.Dispose();
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

    private async Task SendAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var read)
        {
            await Task.Delay(Delay);
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private async Task CarryAsync(TcpClient here)
    {
        using (here)
        using (var there = new TcpClient())
        {
            if (isCut)
                return;

            try
            {
                await there.ConnectAsync(IPAddress.Loopback, behind);
                open[here] = open[there] = 0;
                await Task.WhenAny(SendAsync(here.GetStream(), there.GetStream()), there.GetStream().CopyToAsync(here.GetStream()));
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two is gone, and so is the line.
            }

            open.TryRemove(here, out _);
            open.TryRemove(there, out _);
        }
    }
}
