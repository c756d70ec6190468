using Slipway.Judging;

namespace Slipway.Bench.Judging.Generators;

/// <summary>How the noise of a set of pairs is.</summary>
internal enum PairNoise
{
    White,
    Remembering03,
    Remembering06,
    Remembering08,
    HeavyTails,
    Counts,
    Bursts,
}

/// <summary>What is wrong in a set of pairs.</summary>
internal enum PairFault
{
    None,
    Shift10,
    Shift25,
    Variance2,
    Variance3,
    Tail,
    Drift,
    LateDrift,
    AllALittle,
}

/// <summary>Makes up sets of five metrics, control and experiment side by side.</summary>
internal static class Pairs
{
    public const int Metrics = 5;

    public static MetricPair[] Make(PairNoise kind, PairFault fault, int points, ulong seed)
    {
        var noise = new Noise(seed);
        var pairs = new MetricPair[Metrics];
        var ill = noise.Below(Metrics);
        var common = new double[points];
        var (phase, depth) = (noise.Uniform(0, 6.28), noise.Uniform(0, 0.2));
        for (var t = 0; t < points; t++) common[t] = 1 + depth * Math.Sin(phase + t * 6.28 / 120);
        for (var m = 0; m < Metrics; m++)
        {
            var (level, variation) = (Math.Exp(noise.Uniform(0, 6)), noise.Uniform(0.05, 0.15));
            var control = Side(kind, PairFault.None, common, level, variation, noise);
            var experiment = Side(kind, fault == PairFault.AllALittle || m == ill ? fault : PairFault.None, common, level, variation, noise);
            pairs[m] = new(control, experiment, TimeSpan.FromMinutes(1), Direction.Increase);
        }
        return pairs;
    }

    private static double[] Side(PairNoise kind, PairFault fault, double[] common, double level, double variation, Noise noise)
    {
        var memory = kind switch { PairNoise.Remembering03 => 0.3, PairNoise.Remembering06 => 0.6, PairNoise.Remembering08 => 0.8, _ => 0 };
        var ar = new Ar(noise, memory, 1);
        var side = new double[common.Length];
        var burst = 0;
        for (var t = 0; t < side.Length; t++)
        {
            var part = t / (side.Length - 1.0);
            var wobble = kind == PairNoise.HeavyTails ? noise.Heavy(3) : ar.Next();
            var factor = fault switch
            {
                PairFault.Shift10 => 1.1,
                PairFault.Shift25 => 1.25,
                PairFault.Drift => 1 + 0.4 * part,
                PairFault.LateDrift => 1 + 0.5 * Math.Max(0, part - 0.5) * 2,
                PairFault.AllALittle => 1 + 0.5 * variation,
                _ => 1,
            };
            wobble *= fault switch { PairFault.Variance2 => 2, PairFault.Variance3 => 3, _ => 1 };
            if (burst == 0 && kind == PairNoise.Bursts && noise.Chance(0.01)) burst = 1 + noise.Below(4);
            if (burst > 0) { burst--; wobble += noise.Uniform(2, 10); }
            if (fault == PairFault.Tail && noise.Chance(0.12)) wobble += noise.Uniform(6, 12);
            var value = level * common[t] * factor * (1 + variation * wobble);
            side[t] = kind == PairNoise.Counts ? noise.Poisson(value / level * 3) : Math.Max(0, value);
        }
        return side;
    }
}
