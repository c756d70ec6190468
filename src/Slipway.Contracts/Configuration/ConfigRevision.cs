using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Configuration;

/// <summary>An immutable numbered set of a target's settings.</summary>
public sealed record ConfigRevision
{
    public required TargetId Target { get; init; }

    /// <summary>Counts from 1 for each target.</summary>
    public required int Number { get; init; }

    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Names of values that are kept encrypted and never shown again.</summary>
    public IReadOnlyList<string> SecretNames { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }
}
