namespace Slipway.Judging.Statistics;

/// <summary>
/// Tests the mean of a short series, or where a shape fitted through it ends, when neighbours resemble each other by an unknown amount. For each
/// amount (AR(1), 0 to 0.95) generalised least squares give an exact t test; their chances are averaged by how likely the
/// amounts are, given what is left of the series (restricted likelihood: Harville 1974). So a memory that could be there is paid for.
/// </summary>
internal sealed class RememberingMean
{
    private static readonly double[] memories = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    private readonly double[] values = new double[memories.Length], errors = new double[memories.Length], weights = new double[memories.Length];
    private readonly double degrees;

    /// <param name="series">With NaN where there is nothing.</param>
    /// <param name="shape">What it is fitted with beside a constant, growing to one; empty: its mean is wanted.</param>
    /// <param name="witness">Another series that remembers as much; the sum of two sides beside their difference tells of memory independently.</param>
    public RememberingMean(ReadOnlySpan<double> series, ReadOnlySpan<double> shape = default, ReadOnlySpan<double> witness = default)
    {
        var count = 0;
        foreach (var value in series) if (!double.IsNaN(value)) count++;
        degrees = count - (shape.Length > 0 ? 2 : 1);
        if (degrees < 4) { Value = double.NaN; return; }
        var likelihoods = new double[memories.Length];
        var line = new double[witness.Length];
        for (var t = 0; t < line.Length; t++) line[t] = (t + 1.0) / line.Length;
        for (var i = 0; i < memories.Length; i++)
        {
            (values[i], errors[i], likelihoods[i]) = Fit(memories[i], series, shape, degrees);
            if (line.Length > 8) likelihoods[i] += Fit(memories[i], witness, line, degrees).Likelihood;
            // Strong memory is rarer than little.
            likelihoods[i] += Math.Log(1 - memories[i]);
        }
        var total = Numbers.LogSum(likelihoods);
        for (var i = 0; i < memories.Length; i++)
        {
            weights[i] = double.IsFinite(total) ? Math.Exp(likelihoods[i] - total) : 1.0 / memories.Length;
            Value += weights[i] * values[i];
        }
    }

    /// <summary>The mean, or where the shape ends.</summary>
    public double Value { get; }

    /// <summary>The chance of a value so far above zero if it were zero; errors are taken for at least so much.</summary>
    public double ChanceAbove(double leastError)
    {
        if (double.IsNaN(Value)) return 1;
        double chance = 0;
        for (var i = 0; i < memories.Length; i++)
        {
            if (weights[i] < 1e-7) continue;
            var error = Math.Max(errors[i], leastError);
            chance += weights[i] * (error > 0 ? Beta.StudentAbove(values[i] / error, degrees) : values[i] > 0 ? 0 : 1);
        }
        return chance;
    }

    /// <summary>Generalised least squares for one memory; answers the logarithm of the restricted likelihood.</summary>
    private static (double Value, double Error, double Likelihood) Fit(double memory, ReadOnlySpan<double> series, ReadOnlySpan<double> shape, double freedom)
    {
        double aa = 0, ab = 0, bb = 0, ay = 0, by = 0, yy = 0, logDeterminant = 0;
        double beforeY = double.NaN, beforeB = 0;
        var gap = 0;
        for (var t = 0; t < series.Length; t++)
        {
            gap++;
            if (double.IsNaN(series[t])) continue;
            var b = shape.Length > 0 ? shape[t] : 0;
            var carried = double.IsNaN(beforeY) ? 0 : Math.Pow(memory, gap);
            var scale = 1 / Math.Sqrt(1 - carried * carried);
            logDeterminant += Math.Log(scale);
            double wa = (1 - carried) * scale, wb = (b - carried * beforeB) * scale;
            var wy = (series[t] - carried * (double.IsNaN(beforeY) ? 0 : beforeY)) * scale;
            (aa, ab, bb) = (aa + wa * wa, ab + wa * wb, bb + wb * wb);
            (ay, by, yy) = (ay + wa * wy, by + wb * wy, yy + wy * wy);
            (beforeY, beforeB, gap) = (series[t], b, 0);
        }
        var determinant = shape.Length > 0 ? aa * bb - ab * ab : aa;
        if (!(determinant > 0)) return (0, 0, 0);
        double constant = ay / aa, slope = 0, unit = 1 / aa;
        if (shape.Length > 0)
        {
            (constant, slope) = ((bb * ay - ab * by) / determinant, (aa * by - ab * ay) / determinant);
            unit = (bb - 2 * ab + aa) / determinant;
        }
        var rest = Math.Max(0, yy - constant * ay - slope * by);
        // A series without any rest says nothing of its memory.
        var likelihood = rest > 1e-20 * yy ? logDeterminant - 0.5 * Math.Log(determinant) - 0.5 * freedom * Math.Log(rest) : 0;
        return (constant + slope, Math.Sqrt(rest / freedom * unit), likelihood);
    }
}
