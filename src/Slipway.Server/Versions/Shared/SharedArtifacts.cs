using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions.Shared;

/// <summary>
/// The store of nodes that share nothing but a database: files are kept there, and each node has those that were asked of it in its own folder too.
/// For many or large files S3 is the better place.
/// </summary>
internal sealed class SharedArtifacts(ArtifactFolder folder, Arriving arriving, SharedArtifactFiles files, IDbContextFactory<SlipwayDb> databases, TimeProvider clock)
    : IArtifactStore, IDisposable
{
    private readonly SemaphoreSlim fetching = new(1, 1);

    public SemaphoreSlim Use => folder.Use;

    public async ValueTask<long?> SizeOfAsync(ArtifactDigest digest, CancellationToken cancellation) => await files.SizeOfAsync(digest, cancellation);

    public async ValueTask<ArtifactBeginning?> BeginningOfAsync(ArtifactDigest digest, CancellationToken cancellation) =>
        await EnsureHereAsync(digest, cancellation) ? await folder.BeginningOfAsync(digest, cancellation) : null;

    public async ValueTask<IResult?> ContentAsync(ArtifactDigest digest, CancellationToken cancellation) =>
        await EnsureHereAsync(digest, cancellation) ? await folder.ContentAsync(digest, cancellation) : null;

    public string? Address(ArtifactDigest digest) => null;

    public async ValueTask TouchAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Set<SharedArtifactRow>().Where(row => row.Digest == digest).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellation);
    }

    public async Task AdoptAsync(ArtifactDigest digest)
    {
        await files.StoreAsync(digest, arriving.Path(digest));
        await folder.AdoptAsync(digest);
    }

    public async ValueTask DeleteAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        await files.DeleteAsync(digest, cancellation);
        await folder.DeleteAsync(digest, cancellation);
    }

    public async ValueTask<DateTimeOffset?> LastUsedAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<SharedArtifactRow>().Where(row => row.Digest == digest).Select(row => (DateTimeOffset?)row.LastUsedAt).SingleOrDefaultAsync(cancellation);
    }

    public async IAsyncEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var row in await db.Set<SharedArtifactRow>().AsNoTracking().ToListAsync(cancellation))
            yield return (row.Digest, row.LastUsedAt);
    }

    /// <summary>What lies in this node's folder only because it was asked for here, and is not in the database any more.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        await foreach (var (digest, _) in folder.AllAsync(cancellation))
        {
            if (await files.SizeOfAsync(digest, cancellation) is null)
                await folder.DeleteAsync(digest, cancellation);
        }
    }

    public void Dispose() => fetching.Dispose();

    /// <summary>One at a time: agents that ask for the same new file at the same moment let it be fetched once.</summary>
    private async Task<bool> EnsureHereAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        if (await folder.SizeOfAsync(digest, cancellation) is not null)
            return true;

        await fetching.WaitAsync(cancellation);
        try
        {
            if (await folder.SizeOfAsync(digest, cancellation) is not null)
                return true;

            if (await files.SizeOfAsync(digest, cancellation) is null)
                return false;

            await files.WriteAsync(digest, arriving.Path(digest), cancellation);
            await folder.AdoptAsync(digest);
            return true;
        }
        finally
        {
            fetching.Release();
        }
    }
}
