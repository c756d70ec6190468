using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>Every hour: removes uploads that nobody continued and artifacts that no version uses, once they are old enough.</summary>
internal sealed partial class ArtifactSweep(
    IArtifactStore store,
    Uploads uploads,
    ArtifactSettings settings,
    IDbContextFactory<SlipwayDb> databases,
    TimeProvider clock,
    ILogger<ArtifactSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task SweepAsync(CancellationToken cancellation)
    {
        await uploads.RemoveAbandonedAsync(cancellation);
        await RemoveUnusedAsync(cancellation);
        await store.TidyAsync(cancellation);
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

    private async Task RemoveUnusedAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var digest in await OldAsync(cancellation))
        {
            await store.Use.WaitAsync(cancellation);
            try
            {
                // Again, now that nobody can take it into use: it may have been a moment ago.
                if (await db.Set<VersionRow>().AnyAsync(row => row.Artifact == digest, cancellation) || await store.LastUsedAsync(digest, cancellation) is not { } used || !IsOld(used))
                    continue;

                await store.DeleteAsync(digest, cancellation);
                LogUnused(digest);
            }
            finally
            {
                store.Use.Release();
            }
        }
    }

    private async Task<List<ArtifactDigest>> OldAsync(CancellationToken cancellation)
    {
        var old = new List<ArtifactDigest>();
        await foreach (var (digest, lastUsed) in store.AllAsync(cancellation))
        {
            if (IsOld(lastUsed))
                old.Add(digest);
        }

        return old;
    }

    private bool IsOld(DateTimeOffset lastUsed) => lastUsed < clock.GetUtcNow() - settings.KeepUnusedArtifacts.Time;

    [LoggerMessage(Level = LogLevel.Information, Message = "Artifact {Sha256} is used by no version and removed")]
    private partial void LogUnused(ArtifactDigest sha256);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping artifacts failed; it is tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
