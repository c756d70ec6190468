using Slipway.Postgres;

namespace Slipway.Server.Tests;

/// <summary>
/// Which database the servers of the tests use: SQLite, or with <c>SLIPWAY_TEST_DATABASE=postgres</c> one of PostgreSQL for each. Those tests that say something
/// about what is stored run on both (<see cref="OnBothDatabases"/>).
/// </summary>
internal static class TestDatabases
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(StartAsync);

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("SLIPWAY_TEST_DATABASE") == "postgres";

    public static Task<PostgresServer> PostgresAsync() => Server.Value;

    /// <summary>The server's arguments for a database of its own. Empty: SQLite.</summary>
    public static async Task<string?> CreateAsync() => IsPostgres ? await (await PostgresAsync()).CreateDatabaseAsync() : null;

    public static async Task DropAsync(string? connection)
    {
        if (connection is not null)
            await (await PostgresAsync()).DropDatabaseAsync(connection);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().Wait();
        return server;
    }
}
