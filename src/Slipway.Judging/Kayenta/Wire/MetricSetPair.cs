namespace Slipway.Judging.Kayenta.Wire;

/// <summary>The values of one metric with one set of tags, from both sides.</summary>
public sealed record MetricSetPair
{
    /// <summary>The metric's name in the canary config.</summary>
    public string? Name { get; init; }

    /// <summary>Comes back with the result.</summary>
    public string? Id { get; init; }

    /// <summary>What tells it from others of the same metric.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The values.</summary>
    public MetricValues? Values { get; init; }

    /// <summary>From when the values of a side are, and how far apart.</summary>
    public IReadOnlyDictionary<string, MetricSetScope>? Scopes { get; init; }
}
