using Npgsql;
using Slipway.Server.Api;
using Slipway.Server.Persistence.Postgres;

namespace Slipway.Server.Cluster;

/// <summary>
/// Hears from the database what other nodes have committed, in that order, and passes it on. Triggers tell it (<see cref="BulletinTriggers"/>), so whoever
/// writes cannot forget to. While the connection is down nothing is heard, so after it everything counts as changed.
/// </summary>
internal sealed partial class Bulletins(NpgsqlConnectionStringBuilder database, NodeIdentity identity, IEnumerable<IBulletinReader> readers, TimeProvider time, ILogger<Bulletins> log)
    : BackgroundService, INotReady
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Connecting again takes less.</summary>
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(5);

    private long deafSince = time.GetTimestamp();

    /// <summary>False: what this node knows of the others' changes may be old.</summary>
    public bool IsListening => Volatile.Read(ref deafSince) == 0;

    public string? WhyNot => Volatile.Read(ref deafSince) is > 0 and var since && time.GetElapsedTime(since) > Deaf ? "This node does not hear what other nodes change." : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(e.Message);
            }

            if (IsListening)
                Volatile.Write(ref deafSince, time.GetTimestamp());

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        connection.Notification += (_, notification) => Pass(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {BulletinTriggers.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);

        Volatile.Write(ref deafSince, 0);
        foreach (var reader in readers)
            reader.ReadAll();

        while (true)
            await connection.WaitAsync(cancellation);
    }

    /// <summary><c>node|kind|name,name</c>; what this node has changed itself it knows.</summary>
    private void Pass(string payload)
    {
        var parts = payload.Split('|', 3);
        if (parts.Length < 3 || parts[0] == identity.Name || !Enum.TryParse<Bulletin>(parts[1], out var kind))
            return;

        var names = parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (var reader in readers)
            reader.Read(kind, names);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's bulletins of what other nodes change are not heard now; connecting again: {Reason}")]
    private partial void LogLost(string reason);
}
