namespace Slipway.Judging.Kayenta.Wire;

/// <summary>From when one side's values are, and how far apart.</summary>
public sealed record MetricSetScope
{
    /// <summary>When the first value was measured.</summary>
    public string? StartTimeIso { get; init; }

    /// <summary>The same in milliseconds since 1970.</summary>
    public long StartTimeMillis { get; init; }

    /// <summary>From one value to the next.</summary>
    public long StepMillis { get; init; }
}
