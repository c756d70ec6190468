namespace Slipway.Bench.Judging;

/// <summary>A count of so many, and how far it can be trusted.</summary>
internal static class Rates
{
    /// <summary>Clopper and Pearson's exact 95 % interval.</summary>
    public static (double Low, double High) Interval(int found, int of) => (
        found == 0 ? 0 : Solve(p => 1 - AtMost(found - 1, of, p) - 0.025),
        found == of ? 1 : Solve(p => 0.025 - AtMost(found, of, p)));

    public static string Text(int found, int of)
    {
        var (low, high) = Interval(found, of);
        return FormattableString.Invariant($"{found} of {of} = {100.0 * found / of:0.0} % ({100 * low:0.0} to {100 * high:0.0})");
    }

    private static double Solve(Func<double, double> rising)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < 0) low = middle; else high = middle;
        }
        return (low + high) / 2;
    }

    private static double AtMost(int count, int of, double p)
    {
        double sum = 0, term = of * Math.Log(1 - p);
        for (var k = 0; k <= count; k++)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)(of - k) / (k + 1)) + Math.Log(p) - Math.Log(1 - p);
        }
        return Math.Min(1, sum);
    }
}
