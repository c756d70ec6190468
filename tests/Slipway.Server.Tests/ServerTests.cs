using System.Net;

namespace Slipway.Server.Tests;

public sealed class ServerTests
{
    [Fact]
    public async Task It_starts_listens_and_starts_again_on_the_same_data()
    {
        await using var server = await TestServer.StartAsync();
        await server.RestartAsync();
        var response = await server.Anonymous.GetAsync("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
