namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>Which values lie so far from the others that they are left out.</summary>
internal static class Outliers
{
    /// <summary>Beyond the quartiles by <paramref name="factor"/> times their distance.</summary>
    /// <param name="careful">Never what lies between the 1st and the 99th percentile: how Kayenta's judge asks.</param>
    public static bool[] ByQuartiles(IReadOnlyList<double> values, double factor, bool careful)
    {
        if (values.Count == 0)
            return [];

        double[] sorted = [.. values.Order()];
        var (first, third) = (Samples.Percentile(sorted, 25), Samples.Percentile(sorted, 75));
        var (low, high) = (first - (factor * (third - first)), third + (factor * (third - first)));
        if (careful)
            (low, high) = (Math.Min(Samples.Percentile(sorted, 1), low), Math.Max(Samples.Percentile(sorted, 99), high));

        return [.. values.Select(value => value < low || value > high)];
    }

    /// <summary>Further from the mean than <paramref name="factor"/> standard deviations. Kayenta has it, and its judge does not use it.</summary>
    public static bool[] BySigma(IReadOnlyList<double> values, double factor)
    {
        var (mean, far) = (Samples.Mean(values), factor * Samples.Deviation(values));
        return [.. values.Select(value => Math.Abs(value - mean) > far)];
    }

    public static IReadOnlyList<double> Remove(IReadOnlyList<double> values, bool[] outliers) => [.. values.Where((_, index) => !outliers[index])];
}
