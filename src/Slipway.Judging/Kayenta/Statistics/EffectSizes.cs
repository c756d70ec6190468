namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>How large a difference is, apart from how sure it is.</summary>
internal static class EffectSizes
{
    /// <summary>NaN when either mean is 0: a ratio would say nothing.</summary>
    public static double MeanRatio(IReadOnlyList<double> control, IReadOnlyList<double> experiment)
    {
        var (old, fresh) = (Samples.Mean(control), Samples.Mean(experiment));
        return old == 0 || fresh == 0 ? double.NaN : fresh / old;
    }

    /// <summary>The common language effect size: how often a value of the experiment is above one of the control.</summary>
    public static double CommonLanguage(IReadOnlyList<double> control, IReadOnlyList<double> experiment)
    {
        double n = control.Count, m = experiment.Count;
        double[] sorted = [.. control.Order()];
        var above = experiment.Sum(value => Below(sorted, value) + (Equal(sorted, value) / 2.0));
        return above / (n * m);
    }

    /// <summary>Cohen's d: the difference of the means in pooled standard deviations. Kayenta has it, and its judge does not use it.</summary>
    public static double CohenD(IReadOnlyList<double> control, IReadOnlyList<double> experiment)
    {
        double n = control.Count, m = experiment.Count;
        var (old, fresh) = (Samples.Deviation(control), Samples.Deviation(experiment));
        return Math.Abs(Samples.Mean(experiment) - Samples.Mean(control)) / Math.Sqrt((((m - 1) * fresh * fresh) + ((n - 1) * old * old)) / (m + n - 2));
    }

    private static int Below(double[] sorted, double value) => Place(sorted, value, orEqual: false);

    private static int Equal(double[] sorted, double value) => Place(sorted, value, orEqual: true) - Place(sorted, value, orEqual: false);

    private static int Place(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
