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
        var (tailChanged, changed) = Tail(composition.Changed, bent);
        var (tailUnchanged, unchanged) = Tail(composition.Unchanged, bent);
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

    private (double Beyond, double Count) Tail(int[] instances, double bent)
    {
        int beyond = 0, count = 0;
        foreach (var i in instances)
        {
            var peak = baseline.InWorseDirection((Bend(earlier[i], previous[i], now[i]) - bent) / baseline.Unrest[i]);
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

    private static double[] NaNs(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
