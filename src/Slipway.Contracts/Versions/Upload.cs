using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>A file on its way to the server.</summary>
public sealed record Upload
{
    public required ArtifactDigest Sha256 { get; init; }

    public required long Size { get; init; }

    /// <summary>Bytes that have arrived; send the rest from here.</summary>
    public required long Offset { get; init; }

    /// <summary>True: it is stored and verified; nothing more to send.</summary>
    public required bool Complete { get; init; }
}
