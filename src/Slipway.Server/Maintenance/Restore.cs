using Microsoft.EntityFrameworkCore;
using Npgsql;
using Slipway.Server.Access;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Maintenance;

/// <summary>Takes a backup, or any data directory whose server is stopped, over into a database that is empty.</summary>
internal sealed class Restore(IDbContextFactory<SlipwayDb> databases, IDatabase database, DataDirectory data, KeyCopy keys, ArtifactCopy artifacts)
{
    public async Task<string> RunAsync(string directory, CancellationToken cancellation)
    {
        var source = new DataDirectory(Path.GetFullPath(directory));
        if (!File.Exists(source.Database))
            throw new StartRefusedException($"There is no backup in {source.Path}: {Path.GetFileName(source.Database)} is missing.");

        if (source.Path == data.Path)
            throw new StartRefusedException("Backup and data directory are the same.");

        await using var ownership = data.Own();
        var rows = database.IsShared ? await ImportAsync(source, cancellation) : CopySqlite(source);
        keys.Load(source);
        var (files, bytes) = await artifacts.LoadAsync(source, cancellation);
        return $"Taken over from {source.Path}: the database{(rows is { } count ? $" ({count} rows)" : "")}, {files} artifacts ({bytes / 1_000_000.0:0.#} MB) and the keys.";
    }

    private long? CopySqlite(DataDirectory source)
    {
        if (File.Exists(data.Database))
            throw new StartRefusedException($"There is a database in {data.Path} already. Move it away first; nothing is overwritten.");

        foreach (var ending in (string[])["", "-wal"])
        {
            if (File.Exists(source.Database + ending))
                File.Copy(source.Database + ending, data.Database + ending);
        }

        return null;
    }

    /// <summary>All or nothing: a database that is half taken over would look like a whole one.</summary>
    private async Task<long?> ImportAsync(DataDirectory source, CancellationToken cancellation)
    {
        await using var from = SqliteFile.Open(source.Database);
        await from.Database.MigrateAsync(cancellation);
        await using var to = await databases.CreateDbContextAsync(cancellation);
        await database.MigrateAsync(to, cancellation);
        await to.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await to.Database.BeginTransactionAsync(cancellation);
        if (await to.Set<TokenRow>().AnyAsync(cancellation) || await to.Set<InstallationRow>().AnyAsync(cancellation))
            throw new StartRefusedException("The database is in use by Slipway already. Make an empty one; nothing is overwritten.");

        await to.Database.ExecuteSqlAsync($"SET LOCAL idle_in_transaction_session_timeout = 0", cancellation);
        var rows = await TableCopy.AllAsync(from, to, new PostgresTableWriter((NpgsqlConnection)to.Database.GetDbConnection()), cancellation);
        await transaction.CommitAsync(cancellation);
        return rows;
    }
}
