namespace Slipway.Bench.Judging.Generators;

/// <summary>What a fault does to one instance in one step, as factors.</summary>
internal readonly record struct FaultShape(
    double Throughput, double Errors, double NewErrors, double Latency, double Tail, double Jitter, double Cpu, double Memory, double Threads)
{
    public static FaultShape None => new(1, 1, 0, 1, 1, 1, 1, 1, 1);

    /// <summary>So many steps after the change of an instance; the size is the fault's own measure, see <c>Families</c>.</summary>
    public static FaultShape At(Scenario scenario, int since, int instance, Noise noise)
    {
        var size = scenario.Size;
        var minutes = since * scenario.StepSeconds / 60;
        return scenario.Fault switch
        {
            Fault.ErrorRate => None with { Errors = size },
            Fault.LatencyShift => None with { Latency = 1 + size },
            Fault.TailOnly => None with { Tail = noise.Chance(0.2) ? 1 + size : 1 },
            Fault.Variance => None with { Jitter = size },
            Fault.SlowLeak => None with { Memory = 1 + size * minutes / 10, Threads = 1 + size * minutes / 20 },
            Fault.Drift => None with { Latency = 1 + size * minutes / 10 },
            Fault.Cpu => None with { Cpu = 1 + size },
            Fault.OneBadInstance when instance == 0 => None with { Latency = 1 + size, Errors = 1 + 3 * size, Cpu = 1 + size / 2 },
            Fault.RareNewError => None with { NewErrors = size },
            Fault.FallingThroughput => None with { Throughput = 1 - size },
            Fault.ManySmallChanges => None with { Throughput = 1 - size, Latency = 1 + size, Cpu = 1 + size, Memory = 1 + size, Threads = 1 + size, Errors = 1 + 3 * size },
            _ => None,
        };
    }

    /// <summary>A crash loop: so many starts an hour.</summary>
    public static bool Crashes(Scenario scenario, Noise noise) =>
        scenario.Fault == Fault.CrashLoop && noise.Chance(scenario.Size * scenario.StepSeconds / 3600);
}
