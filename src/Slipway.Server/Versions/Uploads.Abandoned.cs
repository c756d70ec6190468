using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Versions;

internal sealed partial class Uploads
{
    /// <summary>Removes what nobody went on with for too long.</summary>
    public async Task RemoveAbandonedAsync(CancellationToken cancellation)
    {
        var oldest = clock.GetUtcNow() - settings.KeepAbandonedUploads.Time;
        var abandoned = arriving.All().Where(partial => partial.LastGrown < oldest).Select(partial => partial.Digest).ToHashSet();

        // Begun, but nothing ever came.
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<UploadRow>().AsNoTracking().Where(row => row.StartedAt < oldest).ToListAsync(cancellation);
        abandoned.UnionWith(rows.Select(row => row.Sha256).Where(digest => arriving.Length(digest) == 0));
        foreach (var digest in abandoned)
        {
            if (await RemoveAsync(digest, cancellation))
                LogAbandoned(digest);
        }
    }

    /// <summary>Removes an unfinished upload nobody writes to. False: somebody does.</summary>
    public async Task<bool> RemoveAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var session = sessions.GetOrAdd(digest, key => new(key));
        if (!session.TryEnter())
            return false;

        try
        {
            await ForgetAsync(digest, cancellation);
            return true;
        }
        finally
        {
            session.Leave();
        }
    }

    /// <summary>A server that died right after storing a file has left what it was stored from.</summary>
    private async Task TidyAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        if (arriving.Length(digest) > 0)
            await RemoveAsync(digest, cancellation);
    }
}
