namespace Slipway.Bench.Judging;

/// <summary>Seeded random numbers of the shapes that metrics have.</summary>
internal sealed class Noise(ulong seed)
{
    // Mixed first: neighbouring seeds would otherwise be the same stream, shifted by one.
    private ulong state = Mix(Mix(seed + 0x632BE59BD9B4E019) ^ 0x1234567);

    public double Uniform()
    {
        state += 0x9E3779B97F4A7C15;
        return (Mix(state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Uniform(double from, double to) => from + (to - from) * Uniform();

    public int Below(int count) => (int)(Uniform() * count);

    public bool Chance(double p) => Uniform() < p;

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Student's t, scaled to roughly unit spread.</summary>
    public double Heavy(int freedom)
    {
        double squares = 0;
        for (var i = 0; i < freedom; i++) { var z = Normal(); squares += z * z; }
        return Normal() / Math.Sqrt(squares / freedom);
    }

    public double Poisson(double mean)
    {
        if (!(mean > 0)) return 0;
        if (mean > 60) return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));
        var (limit, product, count) = (Math.Exp(-mean), Uniform(), 0);
        while (product > limit) { product *= Uniform(); count++; }
        return count;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public Noise Fork() => new((ulong)(Uniform() * (1UL << 53)));
}
