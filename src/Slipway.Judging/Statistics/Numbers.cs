namespace Slipway.Judging.Statistics;

/// <summary>Plain numerics.</summary>
internal static class Numbers
{
    /// <summary>What hostile input becomes: finite and of bounded size, or NaN.</summary>
    public static double Clean(double value) => double.IsFinite(value) && Math.Abs(value) <= 1e15 ? value : double.NaN;

    public static double Median(Span<double> values) => Quantile(values, 0.5);

    /// <summary>The R-7 quantile of values without NaN; sorts them. NaN of nothing.</summary>
    public static double Quantile(Span<double> values, double p)
    {
        if (values.Length == 0) return double.NaN;
        values.Sort();
        return SortedQuantile(values, p);
    }

    public static double SortedQuantile(ReadOnlySpan<double> sorted, double p)
    {
        var position = p * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>The quantile function of the standard normal distribution (Acklam's rational approximation, 1e-9 relative).</summary>
    public static double NormalQuantile(double p)
    {
        if (p <= 0) return double.NegativeInfinity;
        if (p >= 1) return double.PositiveInfinity;
        if (p < 0.02425) return Tail(Math.Sqrt(-2 * Math.Log(p)));
        if (p > 1 - 0.02425) return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        var q = p - 0.5;
        var r = q * q;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r
                - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r
                - 1.328068155288572e+01) * r + 1);
    }

    /// <summary>The upper bound of a Poisson mean of which so many were seen, wrong with probability exp(-doubt) (Chernoff).</summary>
    public static double PoissonUpper(double seen, double doubt)
    {
        double low = seen, high = seen + doubt + Math.Sqrt(2 * seen * doubt) + doubt + 1;
        for (var i = 0; i < 60; i++)
        {
            var mean = (low + high) / 2;
            var exponent = mean - seen + (seen > 0 ? seen * Math.Log(seen / mean) : 0);
            if (exponent < doubt) low = mean; else high = mean;
        }
        return high;
    }

    /// <summary>log(sum of exp).</summary>
    public static double LogSum(ReadOnlySpan<double> logs)
    {
        var top = double.NegativeInfinity;
        foreach (var log in logs) top = Math.Max(top, log);
        if (double.IsNegativeInfinity(top)) return top;
        double sum = 0;
        foreach (var log in logs) sum += Math.Exp(log - top);
        return top + Math.Log(sum);
    }

    private static double Tail(double q) =>
        (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q - 2.549732539343734e+00) * q
            + 4.374664141464968e+00) * q + 2.938163982698783e+00)
        / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q + 3.754408661907416e+00) * q + 1);
}
