using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence;

/// <summary>Takes the data directory and brings the schema up to date, before anything else starts.</summary>
internal sealed class DatabaseStart(IDbContextFactory<SlipwayDb> databases, DataDirectory directory) : IHostedLifecycleService, IDisposable
{
    private FileStream? ownership;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        ownership = directory.Own();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;

        // The directory is ours alone, so a lock that is still there was left by a server that died in the middle of a migration.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => ownership?.Dispose();
}
