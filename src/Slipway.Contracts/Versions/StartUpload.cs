using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>Begins or finds the upload of a file. The same digest again finds what has arrived so far.</summary>
public sealed record StartUpload
{
    public required ArtifactDigest Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }
}
