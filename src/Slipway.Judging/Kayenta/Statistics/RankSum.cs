namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>
/// The standardised rank sum of x against y when x is moved down: Wilcoxon's statistic with average ranks, the variance corrected for ties, and the
/// continuity correction. A step function of the move that only falls.
/// </summary>
internal sealed class RankSum(IEnumerable<double> x, IEnumerable<double> y)
{
    private readonly double[] x = [.. x.Order()];
    private readonly double[] y = [.. y.Order()];

    /// <summary>No move below makes x lie below y.</summary>
    public double Lowest => x[0] - y[^1];

    /// <summary>No move above leaves x above y.</summary>
    public double Highest => x[^1] - y[0];

    /// <exception cref="ArithmeticException">All values are one: there is nothing to rank.</exception>
    public double At(double move)
    {
        double m = x.Length, n = y.Length;
        var (ranks, ties) = Rank(move);
        var distance = ranks - (m * (m + 1) / 2) - (m * n / 2);
        var sigma = Math.Sqrt(m * n / 12 * (m + n + 1 - (ties / ((m + n) * (m + n - 1)))));
        if (sigma == 0)
            throw new ArithmeticException("All values are the same.");

        return (distance - (Math.Sign(distance) * 0.5)) / sigma;
    }

    /// <summary>Both are sorted, and stay so when one is moved: a merge is enough, and a thousand values cost no more than reading them.</summary>
    private (double RanksOfX, double Ties) Rank(double move)
    {
        double sum = 0, ties = 0;
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            var value = i < x.Length && (j == y.Length || x[i] - move <= y[j]) ? x[i] - move : y[j];
            var (firstX, firstY) = (i, j);
            while (i < x.Length && x[i] - move == value)
                i++;
            while (j < y.Length && y[j] == value)
                j++;

            double tied = i - firstX + j - firstY;
            if (tied == 0)
                throw new ArithmeticException("What is not a number has no rank.");

            sum += (i - firstX) * (firstX + firstY + ((tied + 1) / 2));
            ties += (tied * tied * tied) - tied;
        }

        return (sum, ties);
    }
}
