namespace Slipway.Judging.Kayenta;

/// <summary>What the score needs to know of a metric.</summary>
internal sealed record ScoredMetric(MetricClass Class, string? Reason, bool Critical, bool Muted, IReadOnlyList<string> Groups);
