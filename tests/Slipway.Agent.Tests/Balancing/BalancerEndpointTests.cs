using System.Net;
using System.Net.Sockets;
using System.Text;
using Slipway.Agent.Balancing;
using Xunit;

namespace Slipway.Agent.Tests.Balancing;

public sealed class BalancerEndpointTests : IAsyncDisposable
{
    private readonly ReadinessBoard board = new();
    private readonly BalancerEndpoint endpoint;

    public BalancerEndpointTests()
    {
        endpoint = new(new(IPAddress.Loopback, 0), board);
        endpoint.Open();
    }

    [Theory]
    [InlineData("Ready", "ready up\n")]
    [InlineData("Draining", "drain\n")]
    [InlineData("Starting", "down #starting\n")]
    [InlineData("Down", "down\n")]
    public async Task HAProxy_is_told_by_words(string readiness, string answer)
    {
        board.Set("checkout", Enum.Parse<Readiness>(readiness));

        Assert.Equal(answer, await AskAsync(""));
        Assert.Equal(answer, await AskAsync("checkout\n"));
    }

    [Theory]
    [InlineData("Ready", "200 OK", "ready")]
    [InlineData("Draining", "503 Service Unavailable", "draining")]
    [InlineData("Starting", "503 Service Unavailable", "starting")]
    [InlineData("Down", "503 Service Unavailable", "down")]
    public async Task Any_other_balancer_is_told_by_status(string readiness, string status, string word)
    {
        board.Set("checkout", Enum.Parse<Readiness>(readiness));

        foreach (var path in new[] { "/ready", "/ready/checkout", "/ready/checkout?from=lb1" })
        {
            var answer = await AskAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
            Assert.EndsWith($"\r\n\r\n{word}\n", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Before_it_is_opened_connections_are_refused()
    {
        await using var closed = new BalancerEndpoint(new(IPAddress.Loopback, 0), board);
        using var client = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(closed.Address));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Without_a_name_the_least_ready_service_speaks_for_all()
    {
        Assert.Equal("down\n", await AskAsync(""));
        board.Set("checkout", Readiness.Ready);
        Assert.Equal("ready up\n", await AskAsync(""));
        board.Set("basket", Readiness.Draining);

        Assert.Equal("drain\n", await AskAsync(""));
        Assert.Equal("ready up\n", await AskAsync("checkout\n"));
    }

    [Fact]
    public async Task A_service_nobody_knows_is_down_and_another_path_is_not_found()
    {
        Assert.Equal("down\n", await AskAsync("stranger\n"));
        Assert.Contains(" 503 ", await AskAsync("GET /ready/stranger HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 404 ", await AskAsync("GET /admin HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_silent_clients_do_not_keep_others_from_an_answer()
    {
        board.Set("checkout", Readiness.Ready);
        var clients = Enumerable.Range(0, 200).Select(_ => AskAsync("")).ToArray();

        Assert.All(await Task.WhenAll(clients), answer => Assert.Equal("ready up\n", answer));
    }

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Address);
        await client.Client.SendAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
