using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>An immutable build of a service.</summary>
public sealed record ServiceVersion
{
    public required ServiceName Service { get; init; }

    public required VersionName Version { get; init; }

    /// <summary>Counts the versions of the service as they were published, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Absent for deployment types that need no file.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>The service definition it was published with.</summary>
    public required int DefinitionRevision { get; init; }

    public string? Commit { get; init; }

    public string? Branch { get; init; }

    public string? BuildUrl { get; init; }

    /// <summary>The commits it was published with, newest first.</summary>
    public IReadOnlyList<Commit> Commits { get; set; } = [];

    /// <summary>What was made for it outside of Slipway, such as images, newest first.</summary>
    public IReadOnlyList<ArtifactReference> References { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Set when a deployment of it was rolled back: which, and why.</summary>
    public string? BadBecause { get; init; }
}
