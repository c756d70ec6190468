using Slipway.Judging;

namespace Slipway.Bench.Judging.Generators;

/// <summary>
/// A second hold-out, written after the first had been looked at and the judge had been changed for it: five metrics whose noise is made in other ways again.
/// </summary>
internal sealed class SecondHoldOut(Kind kind, Scenario scenario)
{
    private readonly Noise noise = new(scenario.Seed * 17 + 5 + (ulong)kind);
    private readonly Fleet fleet = new(scenario);

    public Fleet Make()
    {
        double[][] served = fleet.Rows(), failed = fleet.Rows(), time = fleet.Rows(), heap = fleet.Rows(), handles = fleet.Rows();
        var day = Day();
        for (var i = 0; i < scenario.Instances; i++)
        {
            var own = noise.Fork();
            var size = Math.Exp(own.Uniform(3, 6));
            double[] a = Texture(own), b = Texture(own), c = Texture(own), d = Texture(own);
            for (var t = 0; t < scenario.Steps; t++)
            {
                var since = t - (scenario.ChangedAt(i) ?? int.MaxValue);
                var fault = since >= 0 ? FaultShape.At(scenario, since, i, own) : FaultShape.None;
                served[i][t] = Shown(own.Poisson(size * day[t] * Math.Exp(a[t]) * fault.Throughput));
                failed[i][t] = own.Poisson(served[i][t] * 0.004 * (kind == Kind.Telegraph && a[t] > 0 ? 3 : 1) * fault.Errors);
                time[i][t] = Shown(120 * Math.Pow(day[t], 0.4) * Math.Exp(b[t] * fault.Jitter) * fault.Latency * fault.Tail);
                heap[i][t] = Shown(size * 10 * Math.Exp(0.3 * c[t]) * fault.Memory);
                handles[i][t] = Shown(200 * Math.Exp(0.5 * d[t]) * fault.Threads);
            }
        }
        fleet.Add("Served", MetricKind.Level, Direction.Decrease, served);
        fleet.Add("Failed", MetricKind.Count, Direction.Increase, failed, served);
        fleet.Add("Time", MetricKind.Duration, Direction.Increase, time);
        fleet.Add("Heap", MetricKind.Level, Direction.Increase, heap);
        fleet.Add("Handles", MetricKind.Level, Direction.Either, handles);
        return fleet;
    }

    private double[] Texture(Noise own)
    {
        var texture = new double[scenario.Steps];
        Ar quick = new(own, 0.4, 0.05), middle = new(own, 0.9, 0.04), slow = new(own, 0.99, 0.04);
        var (state, pulse) = (own.Chance(0.5), 0);
        var tilt = own.Uniform(-0.1, 0.1) / scenario.Steps;
        for (var t = 0; t < texture.Length; t++)
        {
            if (own.Chance(0.15)) state = !state;
            if (pulse == 0 && own.Chance(0.004)) pulse = (int)Math.Min(30, 1 / Math.Pow(1 - own.Uniform(), 0.8));
            pulse = Math.Max(0, pulse - 1);
            texture[t] = kind switch
            {
                Kind.ThreeSpeeds => quick.Next() + middle.Next() + slow.Next(),
                Kind.Telegraph => (state ? 0.15 : -0.15) + 0.5 * quick.Next(),
                Kind.LongPulses => quick.Next() + (pulse > 0 ? 0.4 : 0),
                Kind.Skewed => Math.Log(own.Exponential(1) + own.Exponential(1) + own.Exponential(1) + 0.5) * 0.3 + tilt * t,
                Kind.Steady => 0.02 * own.Normal(),
                _ => middle.Next(),
            };
        }
        return texture;
    }

    /// <summary>What all feel: a ramp of the day, and jobs that run every ten minutes.</summary>
    private double[] Day()
    {
        var day = new double[scenario.Steps];
        var (ramp, job) = (noise.Uniform(-0.3, 0.3), kind == Kind.CronJobs ? noise.Uniform(0.3, 1) : 0);
        for (var t = 0; t < day.Length; t++)
            day[t] = 1 + ramp * t / day.Length + (t * scenario.StepSeconds % 600 < 60 ? job : 0);
        return day;
    }

    private double Shown(double value)
    {
        if (kind != Kind.TwoDigits || !(value > 0)) return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }
}
