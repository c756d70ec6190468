namespace Slipway.Judging.Kayenta;

/// <summary>One series of one side, as a metric source answers it.</summary>
public sealed record MetricSet
{
    /// <summary>The metric's name in the canary config.</summary>
    public required string Name { get; init; }

    /// <summary>What tells it from other series of the metric; empty for the only one.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The values; NaN where nothing was measured.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>When the first value was measured, in milliseconds since 1970.</summary>
    public long StartTimeMillis { get; init; }

    /// <summary>Up to when values could have come.</summary>
    public long EndTimeMillis { get; init; }

    /// <summary>From one value to the next; 0 when nobody knows.</summary>
    public long StepMillis { get; init; }

    /// <summary>How many values this time has room for.</summary>
    internal int Expected => StepMillis > 0 ? (int)Math.Clamp((EndTimeMillis - StartTimeMillis) / StepMillis, 0, MetricSetMixer.MostValues) : 0;
}
