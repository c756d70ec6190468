using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>Every hour: removes uploads that nobody continued and artifacts that no version uses, once they are old enough.</summary>
internal sealed partial class ArtifactSweep(
    ArtifactStore store,
    Uploads uploads,
    ArtifactSettings settings,
    IDbContextFactory<SlipwayDb> databases,
    TimeProvider clock,
    ILogger<ArtifactSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task SweepAsync(CancellationToken cancellation)
    {
        await RemoveAbandonedAsync(cancellation);
        await RemoveUnusedAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A loop catches at its edge, says so and goes on.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
    }

    private async Task RemoveAbandonedAsync(CancellationToken cancellation)
    {
        var oldest = clock.GetUtcNow() - settings.KeepAbandonedUploads.Time;
        var abandoned = store.Partials().Where(partial => partial.LastUsed < oldest).Select(partial => partial.Digest).ToHashSet();

        // Begun, but nothing ever came.
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<UploadRow>().AsNoTracking().Where(row => row.StartedAt < oldest).ToListAsync(cancellation);
        abandoned.UnionWith(rows.Select(row => row.Sha256).Where(digest => store.PartialLength(digest) == 0));
        foreach (var digest in abandoned)
        {
            if (await uploads.RemoveAsync(digest, cancellation))
                LogAbandoned(digest);
        }
    }

    private async Task RemoveUnusedAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var digest in store.All().Where(IsOld).Select(file => file.Digest).ToList())
        {
            await store.Use.WaitAsync(cancellation);
            try
            {
                // Again, now that nobody can take it into use: it may have been a moment ago.
                if (store.LastUsed(digest) is not { } used || !IsOld((digest, used)) || await db.Set<VersionRow>().AnyAsync(row => row.Artifact == digest, cancellation))
                    continue;

                store.Delete(digest);
                LogUnused(digest);
            }
            finally
            {
                store.Use.Release();
            }
        }
    }

    private bool IsOld((ArtifactDigest Digest, DateTimeOffset LastUsed) file) => file.LastUsed < clock.GetUtcNow() - settings.KeepUnusedArtifacts.Time;

    [LoggerMessage(Level = LogLevel.Information, Message = "Abandoned upload {Sha256} is removed")]
    private partial void LogAbandoned(ArtifactDigest sha256);

    [LoggerMessage(Level = LogLevel.Information, Message = "Artifact {Sha256} is used by no version and removed")]
    private partial void LogUnused(ArtifactDigest sha256);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping artifacts failed; it is tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
