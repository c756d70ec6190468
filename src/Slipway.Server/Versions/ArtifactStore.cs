using System.Diagnostics.CodeAnalysis;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>
/// The content-addressed folder: <c>ab/cd/abcd…</c> holds the file with that sha256, <c>abcd….partial</c> one that is on its way. A file at its final
/// place is whole, verified and never changed; its time says when it was last asked for, which keeps it from being swept before a version uses it.
/// </summary>
internal sealed class ArtifactStore(DataDirectory data, TimeProvider clock)
{
    private const string PartialEnding = ".partial";

    /// <summary>Held while a version takes an artifact into use and while an unused one is removed, so that neither misses the other.</summary>
    public SemaphoreSlim Use { get; } = new(1, 1);

    public long FreeSpace => new DriveInfo(data.Artifacts).AvailableFreeSpace;

    /// <summary>The file, if it is here and verified.</summary>
    public bool TryGetPath(ArtifactDigest digest, [NotNullWhen(true)] out string? path)
    {
        path = FinalPath(digest);
        if (File.Exists(path))
            return true;

        path = null;
        return false;
    }

    public long? SizeOf(ArtifactDigest digest) => TryGetPath(digest, out var path) ? new FileInfo(path).Length : null;

    /// <summary>For reading from the beginning to the end. Null: it is not here.</summary>
    public FileStream? Open(ArtifactDigest digest)
    {
        try
        {
            return new(FinalPath(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>It is about to be used.</summary>
    public void Touch(ArtifactDigest digest) => File.SetLastWriteTimeUtc(FinalPath(digest), clock.GetUtcNow().UtcDateTime);

    public string PartialPath(ArtifactDigest digest) => Path.Combine(data.Artifacts, digest.Value + PartialEnding);

    public long PartialLength(ArtifactDigest digest)
    {
        var file = new FileInfo(PartialPath(digest));
        return file.Exists ? file.Length : 0;
    }

    public void TouchPartial(ArtifactDigest digest) => File.SetLastWriteTimeUtc(PartialPath(digest), clock.GetUtcNow().UtcDateTime);

    /// <summary>Puts a partial file that was verified and is on the disk at its final place.</summary>
    public void Adopt(ArtifactDigest digest)
    {
        var final = FinalPath(digest);
        var folder = Path.GetDirectoryName(final)!;
        Directory.CreateDirectory(folder);
        TouchPartial(digest);
        File.Move(PartialPath(digest), final, overwrite: true);
        FolderSync.Flush(folder);
    }

    public void Delete(ArtifactDigest digest) => File.Delete(FinalPath(digest));

    public DateTimeOffset? LastUsed(ArtifactDigest digest) => TryGetPath(digest, out var path) ? File.GetLastWriteTimeUtc(path) : null;

    public IEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> All() => Files("*", SearchOption.AllDirectories);

    public IEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> Partials() => Files("*" + PartialEnding, SearchOption.TopDirectoryOnly);

    private IEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> Files(string pattern, SearchOption where)
    {
        var ending = pattern.TrimStart('*');
        foreach (var file in new DirectoryInfo(data.Artifacts).EnumerateFiles(pattern, where))
        {
            if (ArtifactDigest.TryParse(file.Name[..^ending.Length], out var digest))
                yield return (digest, file.LastWriteTimeUtc);
        }
    }

    private string FinalPath(ArtifactDigest digest) => Path.Combine(data.Artifacts, digest.Value[..2], digest.Value[2..4], digest.Value);
}
