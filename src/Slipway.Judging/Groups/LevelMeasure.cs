namespace Slipway.Judging.Groups;

/// <summary>
/// Difference in differences, one step at a time: what the changed instances do less what the unchanged do at the same time, each instance less its own past.
/// </summary>
internal sealed class LevelMeasure(LevelBaseline baseline, Roster roster)
{
    private readonly double[] weightOf = Weights(baseline.Scale);
    private readonly double[] now = new double[baseline.Centre.Length];
    private readonly double[] previous = NaNs(baseline.Centre.Length), earlier = NaNs(baseline.Centre.Length);
    private double commonBefore = double.NaN, commonEarlier = double.NaN;

    /// <summary>How far each changed instance is from the common movement at the step measured last.</summary>
    public double Distance(int instance, double common) => now[instance] - common;

    public StepFeatures Step(int step, Composition composition)
    {
        Load(step);
        var common = composition.Unchanged.Length == 0 ? 0 : Mean(composition.Unchanged);
        var shift = Mean(composition.Changed) - common;
        var bent = Bend(commonEarlier, commonBefore, common);
        if (double.IsNaN(bent)) bent = 0;
        var peers = PeersOf(composition.Unchanged);
        var (tailChanged, changed) = Tail(composition.Changed, peers, areIn: false);
        var (tailUnchanged, unchanged) = Tail(composition.Unchanged, peers, areIn: true);
        var spread = Unrest(composition.Changed, bent);
        if (composition.Unchanged.Length > 1) spread -= Unrest(composition.Unchanged, bent);
        Array.Copy(previous, earlier, now.Length);
        Array.Copy(now, previous, now.Length);
        (commonEarlier, commonBefore) = (commonBefore, common);
        return new(common, Everyone(composition, common), shift, spread, tailChanged, changed, tailUnchanged, unchanged);
    }

    private void Load(int step)
    {
        var past = step - roster.PastFrom;
        for (var i = 0; i < now.Length; i++)
        {
            var value = step < roster.FirstChange ? baseline.Past[i][past] : baseline.Residual(i, step);
            // A single wild value must not move a group.
            var limit = Math.Max(8 * baseline.Scale[i], 1.5);
            now[i] = Math.Clamp(value, -limit, limit);
        }
    }

    private double Mean(int[] instances)
    {
        double sum = 0, weights = 0;
        foreach (var i in instances)
        {
            if (double.IsNaN(now[i])) continue;
            sum += weightOf[i] * now[i];
            weights += weightOf[i];
        }
        return weights > 0 ? sum / weights : double.NaN;
    }

    private double Everyone(Composition composition, double common)
    {
        if (composition.Unchanged.Length >= 2) return common;
        double sum = 0, weights = 0;
        for (var i = 0; i < now.Length; i++)
        {
            if (double.IsNaN(now[i])) continue;
            sum += weightOf[i] * now[i];
            weights += weightOf[i];
        }
        return weights > 0 ? sum / weights : double.NaN;
    }

    /// <summary>How the unchanged bend together.</summary>
    private Peers PeersOf(int[] unchanged)
    {
        var peers = default(Peers);
        foreach (var i in unchanged) peers = peers.With(BendOf(i), weightOf[i], baseline.Unrest[i]);
        return peers;
    }

    /// <summary>
    /// Each against the unchanged others: one that is among them would pull their middle its own way, and stand out less than a changed one that does the same.
    /// </summary>
    private (double Beyond, double Count) Tail(int[] instances, Peers peers, bool areIn)
    {
        int beyond = 0, count = 0;
        foreach (var i in instances)
        {
            var (bend, unrest) = (BendOf(i), baseline.Unrest[i]);
            var others = areIn ? peers.Without(bend, weightOf[i], unrest) : peers;
            var peak = baseline.InWorseDirection((bend - others.Bend) / Math.Sqrt(unrest * unrest + others.Variance));
            if (double.IsNaN(peak)) continue;
            count++;
            if (peak > baseline.TailThreshold) beyond++;
        }
        return (beyond, count);
    }

    private double Unrest(int[] instances, double bent)
    {
        double sum = 0;
        var count = 0;
        foreach (var i in instances)
        {
            var bend = Math.Abs(Bend(earlier[i], previous[i], now[i]) - bent);
            if (double.IsNaN(bend)) continue;
            sum += Math.Min(bend / baseline.Unrest[i], 8);
            count++;
        }
        return count > 0 ? sum / count : double.NaN;
    }

    private double BendOf(int instance) => Bend(earlier[instance], previous[instance], now[instance]);

    /// <summary>
    /// How far the middle one stands out from its neighbours: a peak, but not a shift, not a slope, not a wandering level, not the slow end of a warm-up.
    /// </summary>
    public static double Bend(double before, double middle, double after) => middle - (before + after) / 2;

    private static double[] Weights(double[] scales)
    {
        var sorted = scales.ToArray();
        var usual = Statistics.Numbers.Median(sorted);
        return [.. scales.Select(scale => 1 / (scale * scale + usual * usual))];
    }

    /// <summary>Weighted sums of instances.</summary>
    private readonly record struct Peers(double Weights, double Bends, double Variances)
    {
        /// <summary>0 where there are none.</summary>
        public double Bend => Weights > 0 ? Bends / Weights : 0;

        /// <summary>How much that itself is left to chance, in units of unrest.</summary>
        public double Variance => Weights > 0 ? Variances / (Weights * Weights) : 0;

        public Peers With(double bend, double weight, double unrest) => double.IsNaN(bend) ? this : new(Weights + weight, Bends + weight * bend, Variances + weight * weight * unrest * unrest);

        public Peers Without(double bend, double weight, double unrest)
        {
            if (double.IsNaN(bend)) return this;
            var left = Weights - weight;
            return left > 1e-9 * Weights ? new(left, Bends - weight * bend, Math.Max(0, Variances - weight * weight * unrest * unrest)) : default;
        }
    }

    private static double[] NaNs(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
