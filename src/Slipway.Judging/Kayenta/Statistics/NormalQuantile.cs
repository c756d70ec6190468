namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>
/// Quantiles of the standard normal distribution. Newton's method on the distribution's Taylor series (G. Marsaglia, Evaluating the Normal
/// Distribution, J. Stat. Software 11(4), 2004): exact to 1e-14 where judges need it, and no package for twenty lines.
/// </summary>
internal static class NormalQuantile
{
    private const int Most = 100;

    public static double Of(double probability)
    {
        if (probability is not (> 0 and < 1))
            return probability == 0 ? double.NegativeInfinity : probability == 1 ? double.PositiveInfinity : double.NaN;

        var z = 0.0;
        for (var round = 0; round < Most; round++)
        {
            // A long step from the flat ends would leave the range where the series converges.
            var step = Math.Clamp((Distribution(z) - probability) / Density(z), -1, 1);
            z -= step;
            if (Math.Abs(step) < 1e-15 * Math.Max(1, Math.Abs(z)))
                break;
        }

        return z;
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    private static double Distribution(double z)
    {
        double sum = z, term = z;
        for (var odd = 3; Math.Abs(term) > Math.Abs(sum) * 1e-17 && odd < 1000; odd += 2)
        {
            term *= z * z / odd;
            sum += term;
        }

        return 0.5 + (sum * Density(z));
    }
}
