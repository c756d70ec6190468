using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Versions;

/// <summary>What lies between two versions of a service.</summary>
public sealed record VersionComparison
{
    public required VersionName From { get; init; }

    public required VersionName To { get; init; }

    public required ComparisonDirection Direction { get; init; }

    /// <summary>Newest first. Forward: those after <see cref="From"/>, up to and with <see cref="To"/>. Backward: those that are taken back, after <see cref="To"/>, up to and with <see cref="From"/>.</summary>
    public required IReadOnlyList<ServiceVersion> Versions { get; init; }

    /// <summary>The commits of these versions, newest first, each once.</summary>
    public required IReadOnlyList<Commit> Commits { get; init; }

    /// <summary>True: there are more versions between the two than are listed.</summary>
    public required bool Truncated { get; init; }
}

/// <summary>Whether a version was published after another.</summary>
[JsonConverter(typeof(CamelCaseEnum<ComparisonDirection>))]
public enum ComparisonDirection
{
    Forward,
    Backward,
    Same,
}
