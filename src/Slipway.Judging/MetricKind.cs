namespace Slipway.Judging;

/// <summary>What a metric's numbers are; decides how they are compared.</summary>
public enum MetricKind
{
    /// <summary>An amount that is always there: memory, threads, open files, requests per second. Compared as a ratio.</summary>
    Level,

    /// <summary>A time per step, such as the median or p99 of latency. Compared as a ratio.</summary>
    Duration,

    /// <summary>A share of something, such as CPU or errors without their number of requests. Compared as a ratio.</summary>
    Ratio,

    /// <summary>Events in a step, over an exposure (requests; without one: time): errors, restarts.</summary>
    Count,

    /// <summary>Events of kinds that were never seen before the change. Like <see cref="Count"/>, and their first appearance is what counts.</summary>
    Novelty,
}
