namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>What becomes of times at which Prometheus has no value.</summary>
public enum Gaps
{
    /// <summary>Nothing: later values move up, as with Kayenta. Its <c>nanStrategy: replace</c> then sees a gap only where a whole series is missing.</summary>
    Closed,

    /// <summary>NaN: every value stays at its time.</summary>
    Kept,
}
