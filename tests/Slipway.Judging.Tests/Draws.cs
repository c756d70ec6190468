namespace Slipway.Judging.Tests;

/// <summary>Seeded random numbers.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random random = new(seed);

    public double Uniform() => random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Student's t with two degrees of freedom: no variance.</summary>
    public double Heavy() => Normal() / Math.Sqrt(-Math.Log(1 - Uniform()));

    public double Poisson(double mean)
    {
        if (mean > 60) return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));
        var (limit, product, count) = (Math.Exp(-mean), Uniform(), 0);
        for (; product > limit; count++) product *= Uniform();
        return count;
    }

    /// <summary>Noise that remembers.</summary>
    public double[] Ar(int length, double memory)
    {
        var series = new double[length];
        var value = Normal();
        for (var t = 0; t < length; t++) series[t] = value = memory * value + Math.Sqrt(1 - memory * memory) * Normal();
        return series;
    }
}
