using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence;

/// <summary>Takes the data directory and brings the schema up to date, before anything else starts.</summary>
internal sealed class DatabaseStart(IDbContextFactory<SlipwayDb> databases, IDatabase database, DataDirectory directory) : IHostedLifecycleService, IDisposable
{
    private FileStream? ownership;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        ownership = directory.Own();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await database.MigrateAsync(db, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => ownership?.Dispose();
}
