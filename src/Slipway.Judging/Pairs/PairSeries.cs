using Slipway.Judging.Statistics;

namespace Slipway.Judging.Pairs;

/// <summary>A pair made fit for tests: cleaned, and as the difference at the same times where both sides have as many.</summary>
internal sealed class PairSeries
{
    public PairSeries(MetricPair pair)
    {
        Control = [.. pair.Control.Select(Numbers.Clean)];
        Experiment = [.. pair.Experiment.Select(Numbers.Clean)];
        Level = Math.Abs(Numbers.Median(Present(Control)));
        if (Control.Length == Experiment.Length) Difference = [.. Experiment.Zip(Control, (e, c) => e - c)];
        if (Difference is not null) Sum = Cut([.. Experiment.Zip(Control, (e, c) => e + c)]);
        Fewest = Math.Min(Present(Control).Length, Present(Experiment).Length);
        if (Difference is not null && Present(Difference).Length < 0.7 * Fewest) Difference = null;
    }

    public double[] Control { get; }

    public double[] Experiment { get; }

    /// <summary>Experiment less control; null where times do not fit each other.</summary>
    public double[]? Difference { get; }

    /// <summary>Experiment and control together: it moves with both, and remembers what their noise remembers.</summary>
    public double[] Sum { get; } = [];

    /// <summary>What is usual for the control, without sign.</summary>
    public double Level { get; }

    /// <summary>How many values the side with fewer has.</summary>
    public int Fewest { get; }

    public static double[] Present(double[] series) => [.. series.Where(value => !double.IsNaN(value))];

    /// <summary>The experiment's mean less the control's, wild values cut, as a part of what is usual.</summary>
    public double Effect => Level > 0 ? Mean(Cut(Experiment), Level) - Mean(Cut(Control), Level) : double.NaN;

    /// <summary>
    /// The chance of a difference at least so large in the direction of the side if there was none; of the means, or of where a shape over time ends.
    /// 1 where it is smaller than what matters.
    /// </summary>
    public double Chance(double side, double matters, Func<double, double>? shape = null)
    {
        double[] Shape(double[] series) => shape is null ? [] : [.. Enumerable.Range(0, series.Length).Select(t => shape(t / (series.Length - 1.0)))];
        if (Difference is { } difference)
        {
            var mean = new RememberingMean([.. Cut(difference).Select(value => side * value)], Shape(difference), Sum);
            return mean.Value >= matters * Level && mean.Value > 0 ? mean.ChanceAbove(1e-9 * Level) : 1;
        }
        var apart = EffectiveMean.Along(Cut(Experiment), Shape(Experiment)) - EffectiveMean.Along(Cut(Control), Shape(Control));
        var error = Math.Max(apart.Error, 1e-9 * Level);
        if (!(side * apart.Value >= matters * Level) || side * apart.Value <= 0) return 1;
        return error > 0 ? Beta.StudentAbove(side * apart.Value / error, apart.Freedom) : 0;
    }

    /// <summary>What values add to their surroundings: no level, no trend, little memory.</summary>
    public static double[] Local(double[] series)
    {
        const int Reach = 4;
        var local = new double[series.Length];
        Span<double> around = stackalloc double[2 * Reach];
        for (var t = 0; t < series.Length; t++)
        {
            var count = 0;
            for (var u = Math.Max(0, t - Reach); u <= Math.Min(series.Length - 1, t + Reach); u++)
                if (u != t && !double.IsNaN(series[u])) around[count++] = series[u];
            local[t] = count > 0 ? series[t] - Numbers.Median(around[..count]) : double.NaN;
        }
        return local;
    }

    private static double Mean(double[] series, double unit) => Present(series).Select(value => value / unit).DefaultIfEmpty(double.NaN).Average();

    private static double[] Cut(double[] series)
    {
        var present = Present(series);
        if (present.Length == 0) return series;
        var median = Numbers.Median(present);
        var away = Numbers.Median([.. present.Select(value => Math.Abs(value - median))]) * 1.4826;
        var mean = present.Average();
        var limit = Math.Max(4 * away, 2.5 * Math.Sqrt(present.Average(value => (value - mean) * (value - mean))));
        return limit > 0 ? [.. series.Select(value => Math.Clamp(value, median - limit, median + limit))] : series;
    }
}
