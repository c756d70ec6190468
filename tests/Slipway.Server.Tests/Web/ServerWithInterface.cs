namespace Slipway.Server.Tests.Web;

/// <summary>One server with a built interface for all tests of a class.</summary>
public sealed class ServerWithInterface : IAsyncLifetime
{
    private readonly BuiltInterface built = new();
    private TestServer? server;

    internal TestServer Server => server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(adjust: null, "--webroot", built.WebRoot);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        built.Dispose();
    }
}
