using Slipway.Judging;

namespace Slipway.Bench.Judging.Generators;

/// <summary>
/// Worlds with another noise than the service's: no AR(1), no bursts of its making, other steps and pasts. Five metrics with what the world is named after.
/// </summary>
internal sealed class HoldOut(Kind kind, Scenario scenario)
{
    private readonly Noise noise = new(scenario.Seed * 31 + (ulong)kind);
    private readonly Fleet fleet = new(scenario);

    public Fleet Make()
    {
        double[][] requests = fleet.Rows(), errors = fleet.Rows(), latency = fleet.Rows(), cpu = fleet.Rows(), memory = fleet.Rows();
        var steps = Common();
        for (var i = 0; i < scenario.Instances; i++)
        {
            var own = noise.Fork();
            var size = kind == Kind.SmallIntegers ? own.Uniform(2, 12) : own.Uniform(50, 500);
            var (slow, wander) = (Mood(own), own.Uniform(0.01, 0.05));
            double walk = 0;
            for (var t = 0; t < scenario.Steps; t++)
            {
                var since = t - (scenario.ChangedAt(i) ?? int.MaxValue);
                var fault = since >= 0 ? FaultShape.At(scenario, since, i, own) : FaultShape.None;
                walk = 0.97 * walk + wander * own.Normal();
                double Wobble(double width) => Math.Exp(width * Draw(own) * fault.Jitter + walk);
                var idle = kind == Kind.ZeroInflated && own.Chance(0.4);
                requests[i][t] = idle ? 0 : own.Poisson(size * steps[t] * slow[t] * Wobble(0.05) * fault.Throughput);
                errors[i][t] = own.Poisson(requests[i][t] * 0.01 * Math.Exp(kind == Kind.HeavyTails ? 0.8 * own.Normal() : 0.2 * own.Normal()) * fault.Errors);
                latency[i][t] = 80 * Math.Sqrt(steps[t]) * slow[t] * Wobble(0.08) * fault.Latency * fault.Tail;
                cpu[i][t] = idle ? 0 : Math.Min(1, 0.25 * steps[t] * Wobble(0.08) * fault.Cpu);
                memory[i][t] = Rounded(300 * slow[t] * Wobble(0.01) * fault.Memory);
                if (kind == Kind.Missing) Lose(own, t, requests[i], errors[i], latency[i], cpu[i], memory[i]);
            }
        }
        fleet.Add("Requests", MetricKind.Level, Direction.Decrease, requests);
        fleet.Add("Errors", MetricKind.Count, Direction.Increase, errors, requests);
        fleet.Add("Latency", MetricKind.Duration, Direction.Increase, latency);
        fleet.Add("CPU", MetricKind.Ratio, Direction.Increase, cpu);
        fleet.Add("Memory", MetricKind.Level, Direction.Increase, memory);
        return fleet;
    }

    private double Draw(Noise own) => kind == Kind.HeavyTails ? Math.Clamp(own.Heavy(2), -40, 40) : own.Uniform(-1.7, 1.7);

    private double Rounded(double value) => kind == Kind.SmallIntegers ? Math.Round(value / 60) : value;

    /// <summary>Levels that an instance takes on for a quarter of an hour or so.</summary>
    private double[] Mood(Noise own)
    {
        var mood = new double[scenario.Steps];
        double level = 1;
        for (var t = 0; t < mood.Length; t++)
        {
            if (kind == Kind.Regimes && own.Chance(scenario.StepSeconds / 900)) level = own.Uniform(0.9, 1.1);
            mood[t] = level;
        }
        return mood;
    }

    /// <summary>Steps that all instances take at the same time.</summary>
    private double[] Common()
    {
        var common = new double[scenario.Steps];
        double level = 1;
        var phase = noise.Uniform(0, 6.28);
        for (var t = 0; t < common.Length; t++)
        {
            if (kind == Kind.CommonSteps && noise.Chance(scenario.StepSeconds / 1200)) level = noise.Uniform(0.6, 1.6);
            common[t] = level * (1 + 0.1 * Math.Sin(phase + t * scenario.StepSeconds / 7200));
        }
        return common;
    }

    private static void Lose(Noise own, int t, params double[][] rows)
    {
        var whole = own.Chance(0.05);
        foreach (var row in rows) if (whole || own.Chance(0.15)) row[t] = double.NaN;
    }
}
