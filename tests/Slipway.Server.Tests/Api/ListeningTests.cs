using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Api;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.0.0.2:8080")]
    [InlineData("http://unix:/run/slipway.sock")]
    [InlineData("https://0.0.0.0:8443")]
    public void These_addresses_are_allowed(string url) => Assert.Null(Listening.Refuse([url], allowPlainHttp: false));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://10.0.0.1:8080")]
    [InlineData("http://localhost.example.com:8080")]
    public void Plain_http_off_loopback_is_refused_unless_allowed(string url)
    {
        Assert.Contains("AllowPlainHttp", Listening.Refuse([Listening.DefaultUrl, url], allowPlainHttp: false), StringComparison.Ordinal);
        Assert.Null(Listening.Refuse([url], allowPlainHttp: true));
    }

    [Fact]
    public void Nonsense_is_refused_with_an_example() =>
        Assert.Contains(Listening.DefaultUrl, Listening.Refuse(["8080"], allowPlainHttp: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Public:Url", "http://*:0")]
    public async Task The_server_does_not_start_on_such_an_address(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestServer.StartAsync(adjust: null, setting, value));
        Assert.Contains("tokens", refused.Message, StringComparison.Ordinal);
    }
}
