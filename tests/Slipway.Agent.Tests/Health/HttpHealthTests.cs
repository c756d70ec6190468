using Slipway.Agent.Health;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Health;

public sealed class HttpHealthTests : IDisposable
{
    private readonly HealthServer server = new();

    [Fact]
    public async Task A_status_from_200_to_299_is_healthy_when_none_is_named() =>
        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(new() { Path = "/healthz" }));

    [Fact]
    public async Task The_request_asks_for_the_path_and_leaves_no_connection_open()
    {
        await AskAsync(new() { Path = "/healthz?deep=1" });

        Assert.StartsWith("GET /healthz?deep=1 HTTP/1.1\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(199)]
    [InlineData(300)]
    public async Task Another_status_is_unhealthy_and_named(int status)
    {
        server.Answer = HealthServer.Http(status, "database is away\nmore");

        Assert.Equal($"GET /healthz answered {status}: database is away", await ReasonAsync(new() { Path = "/healthz" }));
    }

    [Fact]
    public async Task Named_statuses_replace_the_usual_ones()
    {
        var asked = new HttpProbe { Path = "/", Statuses = { new StatusRange { From = 418, To = 418 } } };
        server.Answer = HealthServer.Http(418, "");
        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(asked));

        server.Answer = HealthServer.Http(200, "");
        Assert.Equal("GET / answered 200", await ReasonAsync(asked));
    }

    [Fact]
    public async Task The_body_must_contain_the_text()
    {
        var asked = new HttpProbe { Path = "/", BodyContains = "\"up\"" };
        server.Answer = HealthServer.Http(200, "{\"state\":\"up\"}");
        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(asked));

        server.Answer = HealthServer.Http(200, "{\"state\":\"down\"}");
        Assert.Contains("without \"\"up\"\" in the body", await ReasonAsync(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_is_put_together_before_it_is_searched()
    {
        server.Answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nall\r\n6\r\n is up\r\n0\r\n\r\n";

        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(new() { Path = "/", BodyContains = "all is up" }));
    }

    [Fact]
    public async Task Headers_must_have_exactly_the_values()
    {
        var asked = new HttpProbe { Path = "/", Headers = { ["X-Version"] = "2" } };
        server.Answer = HealthServer.Http(200, "", "x-version: 2\r\n");
        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(asked));

        server.Answer = HealthServer.Http(200, "", "X-Version: 1\r\n");
        Assert.Equal("GET / answered 200 with X-Version: 1 instead of 2", await ReasonAsync(asked));

        server.Answer = HealthServer.Http(200, "");
        Assert.Equal("GET / answered 200 without the header X-Version", await ReasonAsync(asked));
    }

    [Fact]
    public async Task An_endless_body_is_cut_off()
    {
        server.Answer = "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 300_000);

        Assert.IsType<ProbeAnswer.Healthy>(await AskAsync(new() { Path = "/" }));
    }

    [Fact]
    public async Task Silence_is_unhealthy_after_the_timeout()
    {
        server.Answer = "";
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = (uint)((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        var answer = await new HttpHealth(new() { Path = "/" }, port).AskAsync(TimeSpan.FromMilliseconds(200), default);

        Assert.Equal(new ProbeAnswer.Unhealthy("GET / did not answer within 0.2 s"), answer);
    }

    [Fact]
    public async Task What_is_not_HTTP_is_unhealthy()
    {
        server.Answer = "SSH-2.0-OpenSSH_9.2\r\n";

        Assert.Equal($"GET / on port {server.Port} did not answer in HTTP", await ReasonAsync(new() { Path = "/" }));
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_unhealthy()
    {
        var port = (uint)FreePort.Next();

        var answer = await new HttpHealth(new() { Path = "/" }, port).AskAsync(TimeSpan.FromSeconds(1), default);

        Assert.Equal(new ProbeAnswer.Unhealthy($"nothing listens on port {port}"), answer);
    }

    public void Dispose() => server.Dispose();

    private Task<ProbeAnswer> AskAsync(HttpProbe asked) => new HttpHealth(asked, server.Port).AskAsync(TimeSpan.FromSeconds(10), default);

    private async Task<string> ReasonAsync(HttpProbe asked) => Assert.IsType<ProbeAnswer.Unhealthy>(await AskAsync(asked)).Reason;
}
