using Slipway.Judging.Groups;
using Slipway.Judging.Statistics;

namespace Slipway.Judging.Telling;

/// <summary>Makes the few points that are drawn.</summary>
internal static class Drawing
{
    private const int MostPoints = 120, MostInstances = 25, MostValues = 4000;

    private static readonly double[] quantiles = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public static Evidence Of(Roster roster, Metric metric, Signal? best)
    {
        var stride = Math.Max(1, (roster.Steps - roster.PastFrom + MostPoints - 1) / MostPoints);
        var steps = Enumerable.Range(0, MostPoints).Select(k => roster.Steps - 1 - k * stride).Where(t => t >= roster.PastFrom).Reverse().ToArray();
        var (changed, unchanged) = (Sample(roster.Latest.Changed), Sample(roster.Latest.Unchanged));
        return new()
        {
            Seconds = [.. steps.Select(t => (t - roster.FirstChange) * roster.StepSeconds)],
            Changed = [.. steps.Select(t => Curve(metric, roster, changed, t))],
            Unchanged = [.. steps.Select(t => Curve(metric, roster, unchanged, t))],
            Path = [.. steps.Select(t => best is not null && t >= roster.FirstChange && t - roster.FirstChange < best.Path.Count
                ? Math.Round(best.Path[t - roster.FirstChange] - best.Penalty, 3) : (double?)null)],
            ChangedQuantiles = Quantiles(metric, changed, roster.FirstChange + roster.WarmUp, roster.Steps),
            UnchangedQuantiles = unchanged.Length > 0
                ? Quantiles(metric, unchanged, roster.FirstChange + roster.WarmUp, roster.Steps)
                : Quantiles(metric, changed, roster.PastFrom, roster.FirstChange),
        };
    }

    private static int[] Sample(int[] instances) => instances.Length <= MostInstances ? instances
        : [.. Enumerable.Range(0, MostInstances).Select(k => instances[(long)k * instances.Length / MostInstances])];

    private static double? Curve(Metric metric, Roster roster, int[] instances, int step)
    {
        var values = new List<double>();
        foreach (var i in instances)
        {
            var warmsUp = step >= roster.FirstChange && roster.Instances[i].ChangedAt is not null && step < roster.LooksFrom(i);
            var value = warmsUp ? double.NaN : Value(metric, i, step);
            if (!double.IsNaN(value)) values.Add(value);
        }
        return values.Count == 0 ? null : Rounded(Numbers.Median([.. values]));
    }

    private static double[] Quantiles(Metric metric, int[] instances, int from, int to)
    {
        var values = new List<double>();
        var stride = Math.Max(1, (long)instances.Length * Math.Max(0, to - from) / MostValues);
        for (long at = 0; at < (long)instances.Length * (to - from); at += stride)
        {
            var value = Value(metric, instances[(int)(at % instances.Length)], from + (int)(at / instances.Length));
            if (!double.IsNaN(value)) values.Add(value);
        }
        if (values.Count == 0) return [];
        values.Sort();
        var sorted = values.ToArray();
        return [.. quantiles.Select(p => Rounded(Numbers.SortedQuantile(sorted, p)))];
    }

    private static double Value(Metric metric, int instance, int step)
    {
        if (instance >= metric.Values.Count || step >= metric.Values[instance].Length) return double.NaN;
        var value = Numbers.Clean(metric.Values[instance][step]);
        if (metric.Exposure is null) return value;
        if (instance >= metric.Exposure.Count || step >= metric.Exposure[instance].Length) return double.NaN;
        var of = metric.Exposure[instance][step];
        return of > 0 ? Numbers.Clean(value / of) : double.NaN;
    }

    private static double Rounded(double value) =>
        value == 0 || !double.IsFinite(value) ? value : double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
