namespace Slipway.Judging.Groups;

/// <summary>A level metric of a comparison, condensed to one number of each kind a step; grows with the comparison.</summary>
internal sealed class LevelTrack
{
    private readonly Metric original;
    private readonly LevelMeasure ongoing;
    private readonly List<StepFeatures> after = [];
    private readonly Dictionary<int, StepFeatures[]> pasts = [];
    private readonly double[] sum, recent;
    private readonly int[] seen;
    private LevelCase? current;
    private int caseFrom;

    public LevelTrack(Metric metric, Roster roster)
    {
        original = metric;
        Baseline = new(metric, roster);
        ongoing = new(Baseline, roster);
        var count = Baseline.Centre.Length;
        (sum, recent, seen) = (new double[count], new double[count], new int[count]);
    }

    public LevelBaseline Baseline { get; }

    public IReadOnlyList<StepFeatures> After => after;

    /// <summary>Measures the steps that are new.</summary>
    public void Extend(Metric metric, Roster roster)
    {
        Baseline.Follow(metric.Values);
        Past(roster, roster.Latest);
        for (var step = roster.FirstChange + after.Count; step < roster.Steps; step++)
        {
            var composition = roster.At(step);
            var features = ongoing.Step(step, composition);
            after.Add(features);
            foreach (var i in composition.Changed)
            {
                var distance = ongoing.Distance(i, features.Everyone) / Baseline.Scale[i];
                if (double.IsNaN(distance)) continue;
                sum[i] += distance;
                recent[i] = 0.85 * recent[i] + 0.15 * distance;
                seen[i]++;
            }
        }
    }

    /// <summary>What is asked of it, for the groups as they are now.</summary>
    public LevelCase Case(Roster roster, double minimumEffect)
    {
        if (current is null || caseFrom != roster.Latest.From) (current, caseFrom) = (new(this, roster, original, minimumEffect), roster.Latest.From);
        return current;
    }

    /// <summary>The past as a composition would have seen it.</summary>
    public StepFeatures[] Past(Roster roster, Composition composition)
    {
        if (pasts.TryGetValue(composition.From, out var past)) return past;
        var measure = new LevelMeasure(Baseline, roster);
        past = new StepFeatures[roster.FirstChange - roster.PastFrom];
        for (var t = 0; t < past.Length; t++) past[t] = measure.Step(roster.PastFrom + t, composition);
        return pasts[composition.From] = past;
    }

    /// <summary>The changed instances that are farthest from their peers, over all the time or lately.</summary>
    public IEnumerable<int> Suspects(Roster roster, double sign, int most)
    {
        var changed = roster.Latest.Changed.Where(i => i < seen.Length && seen[i] > 0).ToArray();
        return changed.OrderByDescending(i => sign * sum[i] / Math.Sqrt(seen[i])).Take(most)
            .Union(changed.OrderByDescending(i => sign * recent[i]).Take(most));
    }

    /// <summary>An instance's distance from the common movement in the past.</summary>
    public double[] InstancePast(Roster roster, int instance, bool fromPeers)
    {
        var past = Past(roster, roster.Latest);
        var before = new double[past.Length];
        for (var t = 0; t < before.Length; t++) before[t] = Baseline.Past[instance][t] - (fromPeers ? past[t].Everyone : past[t].Common);
        return before;
    }

    /// <summary>The same at a step since the first change; NaN where it is not looked at.</summary>
    public double InstanceAfter(Roster roster, int instance, int t, bool fromPeers)
    {
        var step = roster.FirstChange + t;
        if (roster.Instances[instance].ChangedAt is not null && step < roster.LooksFrom(instance)) return double.NaN;
        var limit = Math.Max(8 * Baseline.Scale[instance], 1.5);
        return Math.Clamp(Baseline.Residual(instance, step), -limit, limit) - (fromPeers ? after[t].Everyone : after[t].Common);
    }
}
