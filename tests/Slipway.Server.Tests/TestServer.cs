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
    public const string DatabaseArgument = "--ConnectionStrings:Slipway";

    private readonly string[] arguments;
    private readonly Action<WebApplicationBuilder>? adjust;
    private WebApplication app;
    private string? database;
    private bool ownsDatabase = true;
    private bool ownsDirectory = true;

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
            if (arguments.Contains(DatabaseArgument))
                server.ownsDatabase = false;
            else
                server.database = await TestDatabases.CreateAsync();
            await server.RunAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>On SQLite whatever the tests run on, in a directory that stays.</summary>
    public static async Task<TestServer> StartOnSqliteAsync(string dataDirectory)
    {
        var server = new TestServer(dataDirectory, [], null) { ownsDirectory = false };
        await server.RunAsync();
        return server;
    }

    /// <summary>What names its data on a command line.</summary>
    public string[] DataArguments => database is null && !arguments.Contains(DatabaseArgument)
        ? ["--Slipway:DataDirectory", DataDirectory]
        : [DatabaseArgument, database ?? arguments[Array.IndexOf(arguments, DatabaseArgument) + 1], "--Slipway:DataDirectory", DataDirectory];

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

    /// <summary>For a node that others have given the administrator's token to.</summary>
    public void UseToken(string token)
    {
        Http.Dispose();
        Http = As(token);
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
        if (ownsDatabase)
            await TestDatabases.DropAsync(database);
        if (ownsDirectory)
            Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task RunAsync()
    {
        string[] defaults = ["--urls", "http://127.0.0.1:0", "--Slipway:DataDirectory", DataDirectory, "--environment", "Production"];
        if (database is not null)
            defaults = [.. defaults, DatabaseArgument, database];
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
