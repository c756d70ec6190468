using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Versions;

/// <summary>
/// Where whole, verified files are kept, by their sha256. What is here never changes; when it was last asked for keeps it from being swept before a version
/// uses it.
/// </summary>
/// <remarks>A store that cannot be reached throws <see cref="RefusedException"/> with the code <c>storage_unavailable</c>.</remarks>
internal interface IArtifactStore
{
    /// <summary>Held while a version takes an artifact into use and while an unused one is removed, so that neither misses the other.</summary>
    SemaphoreSlim Use { get; }

    /// <summary>Null: it is not here.</summary>
    ValueTask<long?> SizeOfAsync(ArtifactDigest digest, CancellationToken cancellation);

    /// <summary>Null: it is not here.</summary>
    ValueTask<ArtifactBeginning?> BeginningOfAsync(ArtifactDigest digest, CancellationToken cancellation);

    /// <summary>The answer to whoever downloads it: the bytes, or where they are. Null: it is not here.</summary>
    ValueTask<IResult?> ContentAsync(ArtifactDigest digest, CancellationToken cancellation);

    /// <summary>Where somebody with rights of his own finds it without the server. Null: nowhere.</summary>
    string? Address(ArtifactDigest digest);

    /// <summary>It is about to be used.</summary>
    ValueTask TouchAsync(ArtifactDigest digest, CancellationToken cancellation);

    /// <summary>Takes a file that has arrived, was verified and is on the disk. It may be asked again for one that it has already.</summary>
    Task AdoptAsync(ArtifactDigest digest);

    ValueTask DeleteAsync(ArtifactDigest digest, CancellationToken cancellation);

    ValueTask<DateTimeOffset?> LastUsedAsync(ArtifactDigest digest, CancellationToken cancellation);

    /// <summary>What may be swept. <c>LastUsed</c> may be too early: <see cref="LastUsedAsync"/> knows.</summary>
    IAsyncEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> AllAsync(CancellationToken cancellation);

    /// <summary>Removes what broken transfers have left.</summary>
    Task TidyAsync(CancellationToken cancellation);
}

/// <summary>Enough of a file to tell its format, and its whole size.</summary>
internal sealed record ArtifactBeginning(ReadOnlyMemory<byte> Bytes, long Size);
