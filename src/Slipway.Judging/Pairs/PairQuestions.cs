using Slipway.Judging.Statistics;

namespace Slipway.Judging.Pairs;

/// <summary>The questions asked of a pair: is it shifted, does it drift away, does it vary more, has it more extremes?</summary>
internal static class PairQuestions
{
    /// <summary>Less than this is not called varying more, however certain it is.</summary>
    private const double LargerSpread = 1.35;

    /// <summary>How fast extremes thin out in healthy data, at least: between the tails of Student's t with three and with four degrees of freedom.</summary>
    private const double TailIndex = 3.5;

    public static IEnumerable<PairFinding> Ask(PairSeries pair, Direction direction, double minimumEffect)
    {
        double[] sides = direction switch { Direction.Increase => [1], Direction.Decrease => [-1], _ => [1, -1] };
        foreach (var side in sides)
        {
            yield return Shift(pair, side, minimumEffect, 0.35 / sides.Length);
            yield return Drift(pair, side, minimumEffect, t => t, 0.1 / sides.Length);
            yield return Drift(pair, side, minimumEffect, t => Math.Max(0, t - 0.5) * 2, 0.1 / sides.Length);
            yield return Extremes(pair, side, 0.2 / sides.Length);
        }
        yield return Spread(pair, direction == Direction.Decrease ? -1 : 1, 0.25);
    }

    private static PairFinding Shift(PairSeries pair, double side, double minimumEffect, double share) =>
        new(side > 0 ? Sign.Higher : Sign.Lower, pair.Chance(side, minimumEffect), share, side, side > 0 ? "higher" : "lower");

    /// <summary>Where the window ends, the new version is twice the smallest effect away.</summary>
    private static PairFinding Drift(PairSeries pair, double side, double minimumEffect, Func<double, double> shape, double share) =>
        new(Sign.Drift, pair.Chance(side, 2 * minimumEffect, shape), share, side, side > 0 ? "drifting up" : "drifting down");

    /// <summary>
    /// Compares the mean distances of values from their surroundings. Their ratio is as that of two gamma variables of the distances'
    /// own variation: an F of fractional degrees of freedom.
    /// </summary>
    private static PairFinding Spread(PairSeries pair, double direction, double share)
    {
        var (control, experiment) = (Distances(pair.Control), Distances(pair.Experiment));
        double chance = 1;
        if (control.Length > 0 && experiment.Length > 0)
        {
            var (ofControl, ofExperiment) = (PairSeries.Present(control).Average(), PairSeries.Present(experiment).Average());
            var ratio = ofExperiment / ofControl;
            var variation = 1.3 * Math.Max(0.65, (Variation(control, ofControl) + Variation(experiment, ofExperiment)) / 2);
            var memory = Math.Max(0, (Memory(control) + Memory(experiment)) / 2);
            double Freedom(double[] distances) => 2 * PairSeries.Present(distances).Length * (1 - memory) / (1 + memory) / (variation * variation);
            if (ratio >= LargerSpread) chance = Beta.FisherAbove(ratio, Freedom(experiment), Freedom(control));
        }
        return new(Sign.Spread, chance, share, direction, "varying more");
    }

    private static double[] Distances(double[] series)
    {
        var away = PairSeries.Local(series).Select(Math.Abs).ToArray();
        var present = PairSeries.Present(away);
        // Extremes have a question of their own.
        var limit = present.Length >= 8 ? 4 * Numbers.Median(present) : 0;
        return limit > 0 ? [.. away.Select(value => Math.Min(value, limit))] : [];
    }

    private static double Variation(double[] distances, double mean)
    {
        var present = PairSeries.Present(distances);
        return Math.Sqrt(present.Average(value => (value - mean) * (value - mean))) / mean;
    }

    private static double Memory(double[] distances)
    {
        var memory = Serial.FirstAutocorrelation(distances);
        return memory > Serial.Least ? memory : 0;
    }

    /// <summary>
    /// Separate peaks beyond everything the control does. Were both sides alike, the k-th largest peak of the experiment would be g times the control's
    /// largest with a chance of at most (1 + g^a)^-k, where a is how fast extremes thin out.
    /// </summary>
    private static PairFinding Extremes(PairSeries pair, double side, double share)
    {
        const int MostPeaks = 8;
        var experiment = Peaks(pair.Experiment, side);
        var reference = Math.Max(Largest(pair.Control), 2.2 * Bulk(pair.Experiment));
        double chance = 1;
        for (var k = 1; k <= Math.Min(MostPeaks, experiment.Length) && reference > 0; k++)
        {
            var times = experiment[k - 1] / reference;
            if (times <= 1.3) break;
            chance = Math.Min(chance, Math.Pow(1 + Math.Pow(times, TailIndex), -k));
        }
        return new(Sign.Tail, Math.Min(1, chance * 2), share, side, "having more extreme values");
    }

    /// <summary>The largest peak of the control, to either side: it says how far healthy values go.</summary>
    private static double Largest(double[] series) => Math.Max(Peaks(series, 1).DefaultIfEmpty(0).First(), Peaks(series, -1).DefaultIfEmpty(0).First());

    /// <summary>How far most values are from their surroundings, as a standard deviation.</summary>
    private static double Bulk(double[] series)
    {
        var away = PairSeries.Present([.. PairSeries.Local(series).Select(Math.Abs)]);
        return away.Length == 0 ? 0 : 1.4826 * Numbers.Median(away);
    }

    /// <summary>How far separate peaks stand out, the largest first; neighbours are one peak.</summary>
    private static double[] Peaks(double[] series, double side)
    {
        var present = PairSeries.Present(series);
        if (present.Length < 8) return [];
        var median = Numbers.Median(present);
        var away = series.Select(value => double.IsNaN(value) ? 0 : Math.Max(0, side * (value - median))).ToArray();
        var peaks = new List<double>();
        for (var t = 0; t < away.Length; t++)
        {
            var before = t > 0 ? away[t - 1] : 0;
            var after = t + 1 < away.Length ? away[t + 1] : 0;
            if (away[t] > before && away[t] >= after) peaks.Add(away[t] - Math.Min(Math.Max(before, after), 0.5 * away[t]));
        }
        return [.. peaks.OrderDescending()];
    }
}
