namespace Slipway.Judging.Statistics;

/// <summary>
/// Evidence that values have become larger than those before them: a conformal test martingale. The rank of each value among all earlier ones
/// is uniform if nothing changed, whatever the distribution is; bets are placed on high ranks (as normal scores) and never lose their
/// validity by being looked at. Needs exchangeable values, which is why they are whitened first; what dependence is left is
/// answered by <c>temper</c>: E^(1/temper) is an e-process when E is (Vovk, Gammerman, Shafer 2005; Vovk and Wang 2021).
/// </summary>
internal sealed class RankEvidence
{
    /// <summary>Fewer earlier values than this say nothing.</summary>
    public const int FewestEarlier = 8;

    private static readonly double[] slopes = [0.25, 0.5, 1, 2];

    private readonly List<double> sorted;
    private readonly double tempering, most;
    private readonly LogMixture mixture = new(slopes.Length);

    /// <param name="past">Values before.</param>
    /// <param name="temper">What dependence is left among them; 1 for none.</param>
    /// <param name="cap">The most that one value may add to the logarithm, so that no short burst decides.</param>
    public RankEvidence(ReadOnlySpan<double> past, double temper, double cap)
    {
        sorted = [.. past];
        sorted.Sort();
        tempering = Math.Max(1, temper);
        most = cap;
    }

    public double Log => mixture.Log;

    public void Add(double value)
    {
        var below = LowerBound(value);
        var upTo = below;
        while (upTo < sorted.Count && sorted[upTo] == value) upTo++;
        var count = sorted.Count + 1;
        sorted.Insert(upTo, value);
        if (count <= FewestEarlier) return;
        // The middle of equal ranks: by convexity the bet stays fair at most.
        var score = NormalScores.Score((below + 1 + upTo + 1) / 2.0, count);
        Span<double> bets = stackalloc double[slopes.Length];
        for (var i = 0; i < bets.Length; i++)
            bets[i] = Math.Min(most, (slopes[i] * score - NormalScores.LogMean(i, slopes[i], count)) / tempering);
        mixture.Add(bets);
    }

    private int LowerBound(double value)
    {
        int low = 0, high = sorted.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1; else high = middle;
        }
        return low;
    }
}
