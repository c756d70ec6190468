using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Slipway.Server.Persistence.Postgres;

/// <summary>A database that nodes share.</summary>
internal sealed partial class PostgresDatabase(NpgsqlConnectionStringBuilder settings, TimeProvider time, ILogger<PostgresDatabase> log) : IDatabase
{
    private static readonly Version Oldest = new(15, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Any number will do that no other program takes in the same database.</summary>
    private const long EventsLock = 0x534C_4950_0001;
    private const long MigrationLock = 0x534C_4950_0002;

    public bool IsShared => true;

    public ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellation) => ValueTask.FromResult<IDisposable?>(null);

    public async Task<IDbContextTransaction?> BeginEventsAsync(SlipwayDb db, CancellationToken cancellation)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            // Numbers are drawn when rows are written and seen when they are committed: held until then, so nobody sees 8 and later 7.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({EventsLock})", cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public async Task MigrateAsync(SlipwayDb db, CancellationToken cancellation)
    {
        await AnswersAsync(cancellation);
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_lock(@lock)", connection) { CommandTimeout = 0, Parameters = { new("lock", MigrationLock) } })
            await command.ExecuteNonQueryAsync(cancellation);

        // The lock goes with the connection.
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellation);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (applied.Where(migration => !known.Contains(migration)).ToList() is { Count: > 0 } newer)
            LogNewer(string.Join(", ", newer));

        await db.Database.MigrateAsync(cancellation);
    }

    /// <summary>Nodes and database may be started at the same moment.</summary>
    private async Task AnswersAsync(CancellationToken cancellation)
    {
        var (since, told) = (time.GetTimestamp(), "");
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(cancellation);
                if (connection.PostgreSqlVersion < Oldest)
                    throw new StartRefusedException($"PostgreSQL {connection.PostgreSqlVersion} is too old; Slipway needs {Oldest.Major} or newer.");

                return;
            }
            catch (NpgsqlException e) when (IsForGood(e) || time.GetElapsedTime(since) >= Patience)
            {
                throw new StartRefusedException($"The database {settings.Database} on {settings.Host}:{settings.Port} cannot be used: {e.Message} Look at ConnectionStrings:Slipway.", e);
            }
            catch (NpgsqlException e)
            {
                if (told != e.Message)
                    LogWaiting(settings.Host, settings.Port, told = e.Message);

                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    /// <summary>Wrong password, no such role or database, no permission: waiting does not help.</summary>
    private static bool IsForGood(NpgsqlException exception) => exception is PostgresException { IsTransient: false };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting up to a minute for the database on {Host}:{Port}: {Reason}")]
    private partial void LogWaiting(string? host, int port, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database was migrated by a newer Slipway ({Migrations}). This node works with it as long as both are in use side by side; upgrade it soon.")]
    private partial void LogNewer(string migrations);
}
