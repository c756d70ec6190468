namespace Slipway.Judging.Groups;

/// <summary>Everything a look has found about one metric.</summary>
internal sealed record MetricCase(Metric Metric, Signal[] Signals, Estimate? Estimate, LevelCase? Level, CountTrack? Counts);
