namespace Slipway.Judging.Statistics;

/// <summary>What a series remembers of itself, estimated on the careful side.</summary>
internal static class Serial
{
    public const double Least = 0.15, Most = 0.98;

    private static readonly int[] lags = [1, 2, 3, 5, 8, 13];

    /// <summary>
    /// What a step hands on to the next, from the autocorrelations of one or several series that should be alike. The slowest part decides: where a slow wandering hides under white
    /// noise, the first autocorrelation is small and the later ones hardly smaller, so the largest r(k)^(1/k) is taken of those that are beyond chance.
    /// </summary>
    public static double Memory(IEnumerable<double[]> series)
    {
        var (sums, pairs) = (new double[lags.Length], new double[lags.Length]);
        foreach (var one in series)
        {
            var (centre, scale) = CentreAndScale(one);
            if (!(scale > 0)) continue;
            for (var i = 0; i < lags.Length; i++) Add(one, centre, scale, lags[i], ref sums[i], ref pairs[i]);
        }
        if (pairs[0] < 8) return double.NaN;
        var memory = Least;
        for (var i = 0; i < lags.Length; i++)
        {
            if (pairs[i] < 8) continue;
            var raw = sums[i] / pairs[i];
            // A short series hides some of it (Kendall 1954).
            var unbiased = raw + (1 + 3 * Math.Max(raw, 0)) / Math.Min(pairs[i], Longest);
            if (i == 0 || raw > 2.3 / Math.Sqrt(pairs[i])) memory = Math.Max(memory, Math.Pow(Math.Max(0, unbiased), 1.0 / lags[i]));
        }
        return Math.Min(memory, Most);
    }

    /// <summary>The lag-one autocorrelation of a short series.</summary>
    public static double FirstAutocorrelation(double[] series)
    {
        var (centre, scale) = CentreAndScale(series);
        double sum = 0, pairs = 0;
        if (scale > 0) Add(series, centre, scale, 1, ref sum, ref pairs);
        if (pairs < 8) return 0;
        var raw = sum / pairs;
        return Math.Clamp(raw + (1 + 3 * Math.Max(raw, 0)) / pairs, 0, Most);
    }

    /// <summary>Several series together are as short as one of them.</summary>
    private const double Longest = 240;

    private static void Add(double[] series, double centre, double scale, int lag, ref double sum, ref double pairs)
    {
        for (var t = lag; t < series.Length; t++)
        {
            var product = Cut((series[t] - centre) / scale) * Cut((series[t - lag] - centre) / scale);
            if (double.IsNaN(product)) continue;
            sum += product;
            pairs++;
        }
    }

    private static double Cut(double value) => Math.Clamp(value, -4, 4);

    /// <summary>Mean and standard deviation after cutting at four robust deviations.</summary>
    public static (double Centre, double Scale) CentreAndScale(ReadOnlySpan<double> series)
    {
        var values = new double[series.Length];
        var count = 0;
        foreach (var value in series) if (!double.IsNaN(value)) values[count++] = value;
        if (count == 0) return (double.NaN, double.NaN);
        var sorted = values.AsSpan(0, count);
        var median = Numbers.Median(sorted);
        var spread = (Numbers.SortedQuantile(sorted, 0.75) - Numbers.SortedQuantile(sorted, 0.25)) / 1.349;
        if (spread <= 0) spread = (Numbers.SortedQuantile(sorted, 0.95) - Numbers.SortedQuantile(sorted, 0.05)) / 3.29;
        double low = spread > 0 ? median - 4 * spread : sorted[0], high = spread > 0 ? median + 4 * spread : sorted[^1];
        double sum = 0, squares = 0;
        foreach (var value in sorted)
        {
            var cut = Math.Clamp(value, low, high);
            sum += cut - median;
            squares += (cut - median) * (cut - median);
        }
        var mean = sum / count;
        return (median + mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    /// <summary>
    /// The innovations of an AR(1) process: what each value adds to what the one before it (across gaps too) let expect, scaled to one variance.
    /// </summary>
    public static double[] Whiten(ReadOnlySpan<double> series, double memory)
    {
        var innovations = new double[series.Length];
        var (before, gap) = (double.NaN, 1);
        var marginal = Math.Sqrt(1 - memory * memory);
        for (var t = 0; t < series.Length; t++, gap++)
        {
            innovations[t] = double.NaN;
            if (double.IsNaN(series[t])) continue;
            innovations[t] = Innovation(series[t], before, memory, gap, marginal);
            (before, gap) = (series[t], 0);
        }
        return innovations;
    }

    /// <summary>What a value adds to one before it, so many steps ago.</summary>
    public static double Innovation(double value, double before, double memory, int gap, double marginal)
    {
        if (double.IsNaN(before)) return value * marginal;
        var carried = Math.Pow(memory, gap);
        return (value - carried * before) * marginal / Math.Sqrt(1 - carried * carried);
    }
}
