using System.Net;
using System.Net.Sockets;
using Slipway.Chaos.Stack;

namespace Slipway.Chaos.Tests.Stack;

public sealed class UnsteadyLineTests : IDisposable
{
    private readonly TcpListener server = new(IPAddress.Loopback, 0);
    private readonly UnsteadyLine line;

    public UnsteadyLineTests()
    {
        server.Start();
        line = new(IPAddress.Loopback, ((IPEndPoint)server.LocalEndpoint).Port);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_arrives()
    {
        using var client = await ConnectAsync();
        using var there = await server.AcceptTcpClientAsync(Cancellation);
        await client.GetStream().WriteAsync(new byte[] { 1 }, Cancellation);
        Assert.Equal(1, await ReadAsync(there));
    }

    [Fact]
    public async Task What_is_held_arrives_when_the_line_is_mended_and_not_before()
    {
        using var client = await ConnectAsync();
        using var there = await server.AcceptTcpClientAsync(Cancellation);
        line.Hold();
        await client.GetStream().WriteAsync(new byte[] { 1 }, Cancellation);
        var read = ReadAsync(there);
        Assert.NotSame(read, await Task.WhenAny(read, Task.Delay(200, Cancellation)));
        line.Mend();
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_broken_line_is_reset_and_a_new_connection_comes_through()
    {
        using var client = await ConnectAsync();
        using var there = await server.AcceptTcpClientAsync(Cancellation);
        await client.GetStream().WriteAsync(new byte[] { 1 }, Cancellation);
        Assert.Equal(1, await ReadAsync(there));
        line.Break();
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(client));

        using var again = await ConnectAsync();
        using var thereAgain = await server.AcceptTcpClientAsync(Cancellation);
        await again.GetStream().WriteAsync(new byte[] { 2 }, Cancellation);
        Assert.Equal(2, await ReadAsync(thereAgain));
    }

    [Fact]
    public async Task Nothing_new_comes_through_a_line_that_is_cut()
    {
        line.Cut();
        using var client = await ConnectAsync();
        Assert.Equal(-1, await ReadAsync(client));
        Assert.False(server.Pending());
    }

    public void Dispose()
    {
        line.Dispose();
        server.Dispose();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(line.Url).Port, Cancellation);
        return client;
    }

    /// <summary>-1: the other side has ended it.</summary>
    private static async Task<int> ReadAsync(TcpClient client)
    {
        var buffer = new byte[1];
        return await client.GetStream().ReadAsync(buffer, Cancellation) == 0 ? -1 : buffer[0];
    }
}
