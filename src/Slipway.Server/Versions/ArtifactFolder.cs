using Microsoft.Net.Http.Headers;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>
/// The content-addressed folder: <c>ab/cd/abcd…</c> holds the file with that sha256. A file at its final place is whole, verified and never changed; its time
/// says when it was last asked for.
/// </summary>
internal sealed class ArtifactFolder(DataDirectory data, Arriving arriving, TimeProvider clock) : IArtifactStore, IDisposable
{
    public SemaphoreSlim Use { get; } = new(1, 1);

    /// <summary>Where a data directory has it.</summary>
    public static string PathIn(DataDirectory directory, ArtifactDigest digest) => Path.Combine(directory.Artifacts, digest.Value[..2], digest.Value[2..4], digest.Value);

    public ValueTask<long?> SizeOfAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var file = new FileInfo(FinalPath(digest));
        return ValueTask.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public ValueTask<ArtifactBeginning?> BeginningOfAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenHandle(FinalPath(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var bytes = new byte[ArtifactFormats.BytesNeeded];
            var read = RandomAccess.Read(file, bytes, 0);
            return ValueTask.FromResult<ArtifactBeginning?>(new(bytes.AsMemory(0, read), RandomAccess.GetLength(file)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<ArtifactBeginning?>(null);
        }
    }

    /// <summary>The bytes, with ranges and a strong ETag.</summary>
    public ValueTask<IResult?> ContentAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var path = FinalPath(digest);
        return ValueTask.FromResult<IResult?>(File.Exists(path)
            ? TypedResults.PhysicalFile(path, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true)
            : null);
    }

    public string? Address(ArtifactDigest digest) => null;

    public ValueTask TouchAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        File.SetLastWriteTimeUtc(FinalPath(digest), clock.GetUtcNow().UtcDateTime);
        return ValueTask.CompletedTask;
    }

    public Task AdoptAsync(ArtifactDigest digest)
    {
        var final = FinalPath(digest);
        var folder = Path.GetDirectoryName(final)!;
        Directory.CreateDirectory(folder);
        arriving.Touch(digest);
        File.Move(arriving.Path(digest), final, overwrite: true);
        FolderSync.Flush(folder);
        return Task.CompletedTask;
    }

    public ValueTask DeleteAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        File.Delete(FinalPath(digest));
        return ValueTask.CompletedTask;
    }

    public ValueTask<DateTimeOffset?> LastUsedAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var file = new FileInfo(FinalPath(digest));
        return ValueTask.FromResult<DateTimeOffset?>(file.Exists ? file.LastWriteTimeUtc : null);
    }

    public async IAsyncEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> AllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var file in new DirectoryInfo(data.Artifacts).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (ArtifactDigest.TryParse(file.Name, out var digest))
                yield return (digest, file.LastWriteTimeUtc);
        }
    }

    public Task TidyAsync(CancellationToken cancellation) => Task.CompletedTask;

    public void Dispose() => Use.Dispose();

    private string FinalPath(ArtifactDigest digest) => PathIn(data, digest);
}
