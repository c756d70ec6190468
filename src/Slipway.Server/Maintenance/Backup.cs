using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Maintenance;

/// <summary>
/// Copies everything into a directory that is itself a data directory: a server can be started on it. Taken while servers run; the database is of one moment, artifacts
/// and keys are copied after it, so that nothing it names is missing.
/// </summary>
internal sealed class Backup(IDbContextFactory<SlipwayDb> databases, IDatabase database, DataDirectory data, KeyCopy keys, ArtifactCopy artifacts)
{
    public async Task<string> RunAsync(string directory, CancellationToken cancellation)
    {
        var target = new DataDirectory(Path.GetFullPath(directory));
        if (Directory.Exists(target.Path) && Directory.EnumerateFileSystemEntries(target.Path).Any())
            throw new StartRefusedException($"{target.Path} is not empty. A backup is made into a directory of its own.");

        if (!database.IsShared && !File.Exists(data.Database))
            throw new StartRefusedException($"There is no Slipway data in {data.Path}. Say where it is with --Slipway:DataDirectory DIR.");

        target.Create();
        if (database.IsShared)
            await ExportAsync(target, cancellation);
        else
            CopySqlite(target);

        keys.Save(target);
        var (files, bytes) = await artifacts.SaveAsync(target, cancellation);
        return $"Saved to {target.Path}: the database, {files} artifacts ({bytes / 1_000_000.0:0.#} MB) and the keys. Whoever reads it can do everything.";
    }

    /// <summary>SQLite's own online backup: the server may write meanwhile.</summary>
    private void CopySqlite(DataDirectory target)
    {
        using var from = new SqliteConnection($"Data Source={data.Database};Mode=ReadOnly;Pooling=False");
        using var to = new SqliteConnection($"Data Source={target.Database};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
    }

    private async Task ExportAsync(DataDirectory target, CancellationToken cancellation)
    {
        await using var to = SqliteFile.Open(target.Database);
        await to.Database.MigrateAsync(cancellation);
        await using var from = await databases.CreateDbContextAsync(cancellation);
        await using var moment = await from.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await from.Database.ExecuteSqlAsync($"SET LOCAL idle_in_transaction_session_timeout = 0", cancellation);
        await TableCopy.AllAsync(from, to, new SqliteTableWriter(to), cancellation);
    }
}
