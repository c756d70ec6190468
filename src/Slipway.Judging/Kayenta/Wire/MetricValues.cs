using System.Text.Json.Serialization;

namespace Slipway.Judging.Kayenta.Wire;

/// <summary>Values of both sides; NaN where nothing was measured.</summary>
public sealed record MetricValues
{
    /// <summary>Of what runs the old version (Kayenta also says baseline).</summary>
    [JsonConverter(typeof(SamplesConverter))]
    public IReadOnlyList<double>? Control { get; init; }

    /// <summary>Of what runs the new version (Kayenta also says canary).</summary>
    [JsonConverter(typeof(SamplesConverter))]
    public IReadOnlyList<double>? Experiment { get; init; }
}
