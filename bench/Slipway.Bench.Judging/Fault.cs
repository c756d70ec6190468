namespace Slipway.Bench.Judging;

/// <summary>What is wrong with a version; None for a healthy one.</summary>
internal enum Fault
{
    None,
    ErrorRate,
    LatencyShift,
    TailOnly,
    Variance,
    SlowLeak,
    Drift,
    Cpu,
    CrashLoop,
    OneBadInstance,
    RareNewError,
    FallingThroughput,
    ManySmallChanges,
}
