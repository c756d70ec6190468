namespace Slipway.Judging.Statistics;

/// <summary>
/// How much more the means of blocks vary than they would without memory, pooled over series that should be alike: the largest ratio over
/// block lengths; about 1 for white noise (overlapping batch means: Flegal and Jones 2010).
/// </summary>
internal sealed class Inflation
{
    private static readonly int[] lengths = [3, 6, 12, 24, 48];

    private readonly double[] squares = new double[lengths.Length];
    private readonly int[] blocks = new int[lengths.Length];

    public double Value
    {
        get
        {
            double largest = 1;
            for (var i = 0; i < lengths.Length; i++) if (blocks[i] > 0) largest = Math.Max(largest, squares[i] / blocks[i]);
            return largest;
        }
    }

    public static double Of(ReadOnlySpan<double> innovations)
    {
        var inflation = new Inflation();
        inflation.Add(innovations);
        return inflation.Value;
    }

    public void Add(ReadOnlySpan<double> innovations)
    {
        if (innovations.Length < 2 * lengths[0]) return;
        var scores = NormalScores.Of(innovations);
        double variance = 0;
        foreach (var score in scores) variance += score * score;
        variance /= scores.Length;
        if (variance <= 0) return;
        for (var i = 0; i < lengths.Length; i++)
        {
            // Overlapping blocks say a little more; fewer than four lengths of one say nothing.
            if (scores.Length < 4 * lengths[i]) break;
            double sum = 0;
            for (var t = 0; t < scores.Length; t++)
            {
                sum += scores[t];
                if (t >= lengths[i]) sum -= scores[t - lengths[i]];
                if (t < lengths[i] - 1) continue;
                squares[i] += sum * sum / lengths[i] / variance;
                blocks[i]++;
            }
        }
    }
}
