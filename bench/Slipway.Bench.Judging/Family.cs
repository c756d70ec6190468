namespace Slipway.Bench.Judging;

/// <summary>True faults of a size that a person would call clear on the curves, and smaller ones.</summary>
internal sealed record Family(string Name, Fault Fault, double Size)
{
    public static Family[] Clear { get; } =
    [
        new("errors: 5 times as many", Fault.ErrorRate, 5),
        new("latency + 40 %", Fault.LatencyShift, 0.4),
        new("tail only: p99 2.5 times as high in a fifth of the steps", Fault.TailOnly, 1.5),
        new("variance: 3 times as wide", Fault.Variance, 3),
        new("slow leak: memory + 4 % a minute", Fault.SlowLeak, 0.4),
        new("drift: latency + 4 % a minute", Fault.Drift, 0.4),
        new("CPU + 40 %", Fault.Cpu, 0.4),
        new("crash loop: a start a minute", Fault.CrashLoop, 60),
        new("one bad instance: latency + 60 %", Fault.OneBadInstance, 0.6),
        new("rare new error: 1 in 1,000 requests", Fault.RareNewError, 0.001),
        new("throughput - 40 %", Fault.FallingThroughput, 0.4),
        new("many small changes: 8 % in everything", Fault.ManySmallChanges, 0.08),
    ];

    public static Family[] Small { get; } =
    [
        new("errors: twice as many", Fault.ErrorRate, 2),
        new("latency + 15 %", Fault.LatencyShift, 0.15),
        new("tail only: p99 twice as high in a fifth of the steps", Fault.TailOnly, 1),
        new("variance: twice as wide", Fault.Variance, 2),
        new("slow leak: memory + 1.5 % a minute", Fault.SlowLeak, 0.15),
        new("drift: latency + 1.5 % a minute", Fault.Drift, 0.15),
        new("CPU + 15 %", Fault.Cpu, 0.15),
        new("crash loop: a start every 4 minutes", Fault.CrashLoop, 15),
        new("one bad instance: latency + 25 %", Fault.OneBadInstance, 0.25),
        new("rare new error: 1 in 10,000 requests", Fault.RareNewError, 0.0001),
        new("throughput - 15 %", Fault.FallingThroughput, 0.15),
        new("many small changes: 4 % in everything", Fault.ManySmallChanges, 0.04),
    ];
}
