namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>The shift between two samples after Mann and Whitney, by the normal approximation, as R's <c>wilcox.test(conf.int=TRUE, exact=FALSE)</c> finds it.</summary>
internal static class MannWhitney
{
    private const double Tolerance = 1e-4;

    /// <summary>How far <paramref name="x"/> lies above <paramref name="y"/>.</summary>
    public static Shift Compare(IReadOnlyList<double> x, IReadOnlyList<double> y, double confidence)
    {
        var ranks = new RankSum(x, y);
        var z = NormalQuantile.Of((1 - confidence) / 2);
        return new(Bound(ranks, -z), Bound(ranks, z), Root(ranks, 0));
    }

    /// <summary>Where the statistic passes the quantile; the end of the range where it does not.</summary>
    private static double Bound(RankSum ranks, double quantile)
    {
        if (ranks.At(ranks.Lowest) - quantile <= 0)
            return ranks.Lowest;

        return ranks.At(ranks.Highest) - quantile >= 0 ? ranks.Highest : Root(ranks, quantile);
    }

    public static double Root(RankSum ranks, double quantile) =>
        BrentRoot.Find(move => ranks.At(move) - quantile, ranks.Lowest, ranks.Highest, Tolerance);
}
