using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Slipway.Server.Tests;

/// <summary>
/// The real server in this process, on a free loopback port, with its own data directory that goes away with it.
/// <c>await using var server = await TestServer.StartAsync();</c> or, shared by a class, <c>IClassFixture&lt;SharedServer&gt;</c>.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string[] arguments;
    private readonly Action<WebApplicationBuilder>? adjust;
    private WebApplication app;

    private TestServer(string dataDirectory, string[] arguments, Action<WebApplicationBuilder>? adjust)
    {
        DataDirectory = dataDirectory;
        this.arguments = arguments;
        this.adjust = adjust;
        app = null!;
        Http = null!;
        Anonymous = null!;
    }

    public string DataDirectory { get; }

    public Uri Address { get; private set; } = new("http://unknown");

    public WebApplication App => app;

    public IServiceProvider Services => app.Services;

    /// <summary>With the administrator's token.</summary>
    public HttpClient Http { get; private set; }

    /// <summary>Without any token.</summary>
    public HttpClient Anonymous { get; private set; }

    public string AdminToken => File.ReadAllText(Path.Combine(DataDirectory, "admin-token")).Trim();

    /// <summary><paramref name="adjust"/> runs after every module: what it registers replaces theirs, for example the clock.</summary>
    public static async Task<TestServer> StartAsync(Action<WebApplicationBuilder>? adjust = null, params string[] arguments)
    {
        var server = new TestServer(Directory.CreateTempSubdirectory("slipway-test-").FullName, arguments, adjust);
        try
        {
            await server.RunAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>The same server with this clock instead of the machine's.</summary>
    public static Task<TestServer> StartAsync(TimeProvider clock, params string[] arguments) =>
        StartAsync(builder => builder.Services.AddSingleton(clock), arguments);

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public HttpClient As(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Stops it and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task RunAsync()
    {
        string[] defaults = ["--urls", "http://127.0.0.1:0", "--Slipway:DataDirectory", DataDirectory, "--environment", "Production"];
        app = SlipwayServer.Build([.. defaults, .. arguments], builder =>
        {
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        Anonymous = new HttpClient { BaseAddress = Address };
        Http = File.Exists(Path.Combine(DataDirectory, "admin-token")) ? As(AdminToken) : Anonymous;
    }

    private async Task StopAsync()
    {
        Http?.Dispose();
        Anonymous?.Dispose();
        if (app is null)
            return;

        // One that did not start has nothing to stop, and what kept it from starting must be what the test reports.
        if (app.Lifetime.ApplicationStarted.IsCancellationRequested)
            await app.StopAsync();
        await app.DisposeAsync();
    }
}
