using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Slipway.Server.Persistence.Sqlite;

/// <summary>One file, one process, one writer.</summary>
internal sealed class SqliteDatabase(SqliteWrites writes) : IDatabase
{
    public bool IsShared => false;

    public async ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellation) => await writes.TurnAsync(cancellation);

    public Task<IDbContextTransaction?> BeginEventsAsync(SlipwayDb db, CancellationToken cancellation) => Task.FromResult<IDbContextTransaction?>(null);

    public async Task MigrateAsync(SlipwayDb db, CancellationToken cancellation)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(cancellation)).Any())
            return;

        // The directory is ours alone, so a lock that is still there was left by a server that died in the middle of a migration.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        await db.Database.MigrateAsync(cancellation);
    }
}
