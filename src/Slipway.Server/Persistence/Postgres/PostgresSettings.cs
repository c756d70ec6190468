using Npgsql;

namespace Slipway.Server.Persistence.Postgres;

/// <summary><c>ConnectionStrings:Slipway</c>, an Npgsql connection string, with what Slipway adds where it says nothing.</summary>
internal static class PostgresSettings
{
    /// <summary>Three nodes fit into PostgreSQL's own 100 connections, with room for people and backups.</summary>
    private const int MaximumPoolSize = 25;

    private const int CommandTimeoutSeconds = 30;
    private const int ConnectTimeoutSeconds = 10;
    private const int KeepAliveSeconds = 10;

    /// <summary>
    /// A node that stands still in the middle of a transaction holds its locks, and whoever takes over would wait for them for ever. Shorter than the time after which
    /// another takes over (<see cref="Cluster.NodeLease"/>); no transaction of ours thinks for that long.
    /// </summary>
    private const string FrozenNodesLetGo = "-c idle_in_transaction_session_timeout=4s";

    /// <exception cref="StartRefusedException">It is not a connection string.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartRefusedException($"ConnectionStrings:Slipway is not a connection string for PostgreSQL: {e.Message} An example: Host=db.example.com;Database=slipway;Username=slipway;Password=...", e);
        }

        Default(settings, "Maximum Pool Size", MaximumPoolSize);
        Default(settings, "Command Timeout", CommandTimeoutSeconds);
        Default(settings, "Timeout", ConnectTimeoutSeconds);
        Default(settings, "Keepalive", KeepAliveSeconds);
        settings.Options = string.Join(' ', new[] { settings.Options, FrozenNodesLetGo }.Where(options => !string.IsNullOrWhiteSpace(options)));
        return settings;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string key, object value)
    {
        if (!settings.ContainsKey(key) || !settings.Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            settings[key] = value;
    }
}
