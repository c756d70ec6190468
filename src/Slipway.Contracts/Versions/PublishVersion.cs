using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>Makes a version of a service from an artifact that was uploaded before.</summary>
public sealed record PublishVersion
{
    public required VersionName Version { get; init; }

    /// <summary>The digest of an uploaded artifact. May be absent for deployment types that need no file.</summary>
    public ArtifactDigest? Artifact { get; init; }

    public ArtifactKind? Format { get; init; }

    /// <summary>The file's name; a single file keeps it on the instance.</summary>
    public string? FileName { get; init; }

    /// <summary>What was made for it elsewhere, such as images that need no baking any more, at most 50.</summary>
    public IReadOnlyList<ArtifactReference> References { get; set; } = [];

    public string? Commit { get; init; }

    public string? Branch { get; init; }

    public string? BuildUrl { get; init; }

    /// <summary>The commits since the version before, newest first, at most 100.</summary>
    public IReadOnlyList<Commit> Commits { get; set; } = [];
}
