namespace Slipway.Judging.Kayenta.Wire;

/// <summary>How much each group of metrics counts.</summary>
public sealed record CanaryClassifierConfig
{
    /// <summary>From a group's name to its percent of the score. Groups without one share what is left of 100.</summary>
    public IReadOnlyDictionary<string, double>? GroupWeights { get; init; }
}
