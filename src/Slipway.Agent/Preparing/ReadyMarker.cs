using Slipway.Contracts.Agent.V1;

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

    /// <summary>The config files that were written over or beside what the artifact brought.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>A prepare command has changed the folder.</summary>
    public bool Commanded { get; init; }

    /// <summary>The user all of it belongs to; empty for the agent's own.</summary>
    public string User { get; init; } = "";

    public required long Bytes { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>
    /// Whether a copy of this folder becomes what unpacking the artifact anew would make for the release: nothing of the other config may be left in it,
    /// and files that both folders share have one owner.
    /// </summary>
    public bool CanBecome(Release release) =>
        Artifact == release.Artifact?.Sha256
        && User == (release.Spec?.User ?? "")
        && (!Commanded || release.Spec?.PrepareCommand is not null)
        && Files.All(path => release.Spec?.Files.Any(file => file.Path == path) == true);
}
