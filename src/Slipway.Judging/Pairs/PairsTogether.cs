using Slipway.Judging.Statistics;

namespace Slipway.Judging.Pairs;

/// <summary>Are most metrics of a set a little worse at the same time? Their standardised differences are averaged step by step, so that what they share is in the error.</summary>
internal sealed class PairsTogether
{
    private const int FewestPairs = 3;
    private const double PartOfBand = 0.35;

    private readonly List<(int Pair, double Side)> worse = [];

    public PairsTogether(PairSeries[] pairs, Direction[] directions, double minimumEffect)
    {
        var usable = Enumerable.Range(0, pairs.Length).Where(i => directions[i] != Direction.Either && pairs[i].Difference is not null
            && pairs[i].Fewest >= SlipwayPairJudge.FewestValues && pairs[i].Difference!.Length == pairs[0].Control.Length).ToArray();
        if (usable.Length < FewestPairs) return;
        var effects = new List<double>();
        var mean = new double[pairs[0].Control.Length];
        var count = new int[mean.Length];
        var sums = new double[mean.Length];
        foreach (var i in usable)
        {
            var side = directions[i] == Direction.Increase ? 1 : -1;
            var difference = pairs[i].Difference!;
            var (_, scale) = Serial.CentreAndScale(difference);
            if (!(scale > 0)) continue;
            var (_, sumScale) = Serial.CentreAndScale(pairs[i].Sum);
            double sum = 0;
            for (var t = 0; t < mean.Length; t++)
            {
                var standard = Math.Clamp(side * difference[t] / scale, -3, 3);
                if (double.IsNaN(standard)) continue;
                mean[t] += standard;
                if (sumScale > 0) sums[t] += pairs[i].Sum[t] / sumScale;
                sum += standard;
                count[t]++;
            }
            if (sum > 0) worse.Add((i, side));
            if (pairs[i].Level > 0) effects.Add(side * pairs[i].Effect);
        }
        for (var t = 0; t < mean.Length; t++) mean[t] = count[t] > 0 ? mean[t] / count[t] : double.NaN;
        if (worse.Count * 3 >= usable.Length * 2) Chance = new RememberingMean(mean, witness: sums).ChanceAbove(1e-9);
    }

    public double Chance { get; } = 1;

    /// <summary>The metrics that are worse, and in which direction.</summary>
    public IReadOnlyList<(int Pair, double Side)> Worse => worse;
}
