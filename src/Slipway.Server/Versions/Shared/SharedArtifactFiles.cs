using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions.Shared;

/// <summary>Files in the database, in parts that no connection or memory minds.</summary>
internal sealed class SharedArtifactFiles(IDbContextFactory<SlipwayDb> databases, TimeProvider clock)
{
    private const int PartSize = 1024 * 1024;

    /// <summary>Null: it is not here.</summary>
    public async Task<long?> SizeOfAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<SharedArtifactRow>().Where(row => row.Digest == digest).Select(row => (long?)row.Size).SingleOrDefaultAsync(cancellation);
    }

    public async Task<IReadOnlyList<(ArtifactDigest Digest, long Size)>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<SharedArtifactRow>().AsNoTracking().ToListAsync(cancellation)).Select(row => (row.Digest, row.Size))];
    }

    /// <summary>All of it or nothing.</summary>
    public async Task StoreAsync(ArtifactDigest digest, string path)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<SharedArtifactPart>().Where(part => part.Digest == digest).ExecuteDeleteAsync();
        await db.Set<SharedArtifactRow>().Where(row => row.Digest == digest).ExecuteDeleteAsync();
        var size = await StorePartsAsync(db, digest, path);
        db.Add(new SharedArtifactRow { Digest = digest, Size = size, LastUsedAt = clock.GetUtcNow() });
        await SaveAsync(db);
        await transaction.CommitAsync();
    }

    /// <exception cref="RefusedException">What is in the database is not that file any more.</exception>
    public async Task WriteAsync(ArtifactDigest digest, string path, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; ; index++)
        {
            var next = index;
            if (await db.Set<SharedArtifactPart>().Where(part => part.Digest == digest && part.Index == next).Select(part => part.Bytes).SingleOrDefaultAsync(cancellation) is not { } bytes)
                break;

            hash.AppendData(bytes);
            await file.WriteAsync(bytes, cancellation);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != digest.Value)
            throw new RefusedException(new("storage_unavailable", StatusCodes.Status503ServiceUnavailable, $"The artifact {digest} in the database is damaged. Publish it again."));

        file.Flush(flushToDisk: true);
    }

    public async Task DeleteAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.Set<SharedArtifactRow>().Where(row => row.Digest == digest).ExecuteDeleteAsync(cancellation);
        await db.Set<SharedArtifactPart>().Where(part => part.Digest == digest).ExecuteDeleteAsync(cancellation);
    }

    private static async Task<long> StorePartsAsync(SlipwayDb db, ArtifactDigest digest, string path)
    {
        await using var file = File.OpenRead(path);
        var buffer = new byte[PartSize];
        for (var index = 0; ; index++)
        {
            var read = await file.ReadAtLeastAsync(buffer, PartSize, throwOnEndOfStream: false);
            if (read == 0)
                return file.Length;

            db.Add(new SharedArtifactPart { Digest = digest, Index = index, Bytes = buffer[..read] });
            await SaveAsync(db);
        }
    }

    private static async Task SaveAsync(SlipwayDb db)
    {
        try
        {
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            throw new RefusedException(Refusal.Conflict("upload_in_progress", "The same artifact is being stored by another node. Repeat the request in a second."));
        }
    }
}
