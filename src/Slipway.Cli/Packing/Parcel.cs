using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Packing;

/// <summary>The one file that is uploaded for a version.</summary>
internal sealed record Parcel(string Path, string FileName, ArtifactKind Format, long Size, ArtifactDigest Digest) : IDisposable
{
    /// <summary>True: packed by us, gone afterwards.</summary>
    public bool Temporary { get; init; }

    /// <summary>Files that were packed; 0 for a file that was one already.</summary>
    public int Files { get; init; }

    /// <summary>Their size before.</summary>
    public long Unpacked { get; init; }

    public void Dispose()
    {
        if (Temporary)
            File.Delete(Path);
    }
}
