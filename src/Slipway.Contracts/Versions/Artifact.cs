using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>A content-addressed file. Stored once, however many versions use it.</summary>
public sealed record Artifact
{
    public required ArtifactDigest Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required ArtifactKind Format { get; init; }

    /// <summary>The file's name where it came from.</summary>
    public required string FileName { get; init; }
}

/// <summary>What kind of file an artifact is, and so how an agent unpacks it.</summary>
[JsonConverter(typeof(CamelCaseEnum<ArtifactKind>))]
public enum ArtifactKind
{
    TarGzip,
    TarZstd,
    Zip,

    /// <summary>Kept as it is: a Jar, a binary.</summary>
    SingleFile,
    Tar,
}
