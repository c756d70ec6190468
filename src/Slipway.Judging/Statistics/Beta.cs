namespace Slipway.Judging.Statistics;

/// <summary>The tails of Student's t and of F, by the incomplete beta function.</summary>
internal static class Beta
{
    /// <summary>The chance of a t above this one.</summary>
    public static double StudentAbove(double t, double freedom)
    {
        if (double.IsNaN(t) || !(freedom > 0)) return 1;
        if (double.IsInfinity(t)) return t > 0 ? 0 : 1;
        var half = 0.5 * IncompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
        return t > 0 ? half : 1 - half;
    }

    /// <summary>The chance of an F above this one.</summary>
    public static double FisherAbove(double f, double numerator, double denominator) =>
        f > 0 && numerator > 0 && denominator > 0 ? IncompleteBeta(denominator / 2, numerator / 2, denominator / (denominator + numerator * f)) : 1;

    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>Lentz's continued fraction.</summary>
    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), h = d;
        for (var m = 1; m <= 300; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            var change = d * c;
            h *= change;
            if (Math.Abs(change - 1) < 1e-12) break;
        }
        return h;

        static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>Lanczos' approximation.</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];
        double y = x, sum = 1.000000000190015;
        var shifted = x + 5.5 - (x + 0.5) * Math.Log(x + 5.5);
        foreach (var term in terms) sum += term / ++y;
        return -shifted + Math.Log(2.5066282746310005 * sum / x);
    }
}
