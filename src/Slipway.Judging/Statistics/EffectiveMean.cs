namespace Slipway.Judging.Statistics;

/// <summary>
/// The mean of a short series, or where a shape fitted through it ends, and how far it can be trusted when neighbours resemble each other: the error
/// and the degrees of freedom are those of the effective number of values (Bayley and Hammersley 1946; Zwiers and von Storch 1995).
/// For sides whose times do not fit each other.
/// </summary>
internal readonly record struct EffectiveMean(double Value, double Error, double Freedom)
{
    public static EffectiveMean None => new(double.NaN, double.NaN, 0);

    /// <summary>The difference of two independent ones.</summary>
    public static EffectiveMean operator -(EffectiveMean a, EffectiveMean b) => new(
        a.Value - b.Value, Math.Sqrt(a.Error * a.Error + b.Error * b.Error), Math.Min(a.Freedom, b.Freedom) * 1.5);

    /// <param name="series">With NaN where there is nothing.</param>
    /// <param name="shape">What the series is fitted with beside a constant, growing to one; empty: its mean is wanted.</param>
    public static EffectiveMean Along(ReadOnlySpan<double> series, ReadOnlySpan<double> shape)
    {
        double n = 0, sx = 0, sy = 0, xx = 0, xy = 0;
        for (var t = 0; t < series.Length; t++)
        {
            if (double.IsNaN(series[t])) continue;
            (n, sx, sy) = (n + 1, sx + X(shape, t), sy + series[t]);
        }
        if (n < 4) return None;
        double mx = sx / n, my = sy / n;
        for (var t = 0; t < series.Length; t++)
        {
            if (double.IsNaN(series[t])) continue;
            xx += (X(shape, t) - mx) * (X(shape, t) - mx);
            xy += (X(shape, t) - mx) * (series[t] - my);
        }
        var (slope, fitted) = xx > 0 ? (xy / xx, 2) : (0, 1);
        var rest = new double[series.Length];
        for (var t = 0; t < rest.Length; t++) rest[t] = series[t] - my - slope * (X(shape, t) - mx);
        var (squares, memory) = Memory(rest, n, fitted);
        var away = xx > 0 ? (1 - mx) * (1 - mx) / xx : 0;
        var error = Math.Sqrt(squares / (n - fitted) * (1 + memory) / (1 - memory) * (1 / n + away));
        return new(my + slope * (1 - mx), error, Math.Max(3, n * (1 - memory) / (1 + memory) - fitted));
    }

    private static double X(ReadOnlySpan<double> shape, int t) => shape.Length > 0 ? shape[t] : 0;

    /// <summary>The sum of squares, and the lag-one autocorrelation; what a short series hides of that is added back (Kendall 1954).</summary>
    private static (double Squares, double Memory) Memory(double[] rest, double n, int fitted)
    {
        double squares = 0, product = 0, before = double.NaN;
        var pairs = 0;
        foreach (var value in rest)
        {
            if (!double.IsNaN(value)) squares += value * value;
            if (!double.IsNaN(value) && !double.IsNaN(before)) { product += value * before; pairs++; }
            before = value;
        }
        if (!(squares > 0) || pairs <= 3) return (squares, 0);
        var raw = product / pairs / (squares / n);
        return (squares, Math.Clamp(raw + (fitted + (1 + 2 * fitted) * Math.Max(0, raw)) / n, 0, 0.95));
    }
}
