namespace Slipway.Agent.Preparing;

/// <summary>Written last into a version's folder: with it the folder is complete.</summary>
internal sealed record ReadyMarker
{
    public required string Version { get; init; }

    /// <summary>The sha256 of what was unpacked; empty where a version has no artifact.</summary>
    public required string Artifact { get; init; }

    public required ulong ConfigRevision { get; init; }

    /// <summary>Of everything that was written into the folder beside the artifact: config, files, prepare command.</summary>
    public required string Fingerprint { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }
}
