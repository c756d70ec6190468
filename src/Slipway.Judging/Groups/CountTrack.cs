using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>A count metric of a comparison, condensed to both groups' events a step; grows with the comparison.</summary>
internal sealed class CountTrack
{
    private const int DispersionSample = 64;

    private readonly List<CountStep> after = [];
    private readonly double[] pastEvents, pastOf, eventsSince, exposureSince;
    private readonly double overdispersion, agreement, cap;
    private readonly Dictionary<int, CountCase> suspects = [];
    private CountCase? together;
    private int groupFrom;
    private IReadOnlyList<double[]> values;
    private IReadOnlyList<double[]>? exposure;

    public CountTrack(Metric metric, Roster roster)
    {
        (values, exposure) = (metric.Values, metric.Exposure);
        cap = roster.Cap;
        agreement = metric.Exposure is null || metric.Kind == MetricKind.Novelty ? CountCase.Rare : CountCase.Common;
        var count = Math.Min(roster.Instances.Count, values.Count);
        (pastEvents, pastOf, eventsSince, exposureSince) = (new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            for (var t = roster.PastFrom; t < roster.FirstChange; t++)
            {
                var (events, of) = Read(i, t);
                pastEvents[i] += events;
                pastOf[i] += of;
            }
        }
        overdispersion = DispersionOf(roster, count);
    }

    public IReadOnlyList<CountStep> After => after;

    public bool HasPast => pastOf.Any(of => of > 0);

    /// <summary>Measures the steps that are new.</summary>
    public void Extend(Metric metric, Roster roster)
    {
        (values, exposure) = (metric.Values, metric.Exposure);
        for (var step = roster.FirstChange + after.Count; step < roster.Steps; step++)
        {
            var composition = roster.At(step);
            double changed = 0, changedOf = 0, unchanged = 0, unchangedOf = 0;
            foreach (var i in composition.Changed)
            {
                if (i >= eventsSince.Length) continue;
                var (events, of) = Read(i, step);
                changed += events;
                changedOf += of;
                eventsSince[i] += events;
                exposureSince[i] += of;
            }
            foreach (var i in composition.Unchanged)
            {
                if (i >= eventsSince.Length) continue;
                var (events, of) = Read(i, step);
                unchanged += events;
                unchangedOf += of;
            }
            after.Add(new(changed, changedOf, unchanged, unchangedOf));
        }
    }

    /// <summary>The changed group against the unchanged and the past, for the groups as they are now.</summary>
    public CountCase Group(Roster roster, double minimumEffect)
    {
        if (together is null || groupFrom != roster.Latest.From)
        {
            together = Case(Past(roster.Latest.Changed), Past(roster.Latest.Unchanged), minimumEffect);
            groupFrom = roster.Latest.From;
            suspects.Clear();
        }
        for (var t = together.Path.Count; t < after.Count; t++) together.Add(after[t]);
        return together;
    }

    /// <summary>The changed instances with the most events beyond their share, each against all others at the same time.</summary>
    public IEnumerable<(int Instance, CountCase Case)> Suspects(Roster roster, double minimumEffect, int most)
    {
        var composition = roster.Latest;
        var looked = composition.Changed.Where(i => i < exposureSince.Length && exposureSince[i] > 0).ToArray();
        double all = looked.Sum(i => eventsSince[i]), allOf = looked.Sum(i => exposureSince[i]);
        foreach (var i in looked.OrderByDescending(i => (eventsSince[i] - all / allOf * exposureSince[i]) / Math.Sqrt(exposureSince[i])).Take(most).Where(i => eventsSince[i] > 0))
        {
            if (!suspects.TryGetValue(i, out var suspect))
            {
                var others = Past([.. composition.Changed.Concat(composition.Unchanged).Where(other => other != i)]);
                suspects[i] = suspect = Case((pastEvents[i], pastOf[i]), others, minimumEffect);
            }
            for (var t = suspect.Path.Count; t < after.Count; t++) suspect.Add(StepOf(roster, i, t));
            yield return (i, suspect);
        }
    }

    private CountStep StepOf(Roster roster, int instance, int t)
    {
        var step = roster.FirstChange + t;
        if (step < roster.LooksFrom(instance)) return default;
        var (events, of) = Read(instance, step);
        var group = after[t];
        return new(events, of, group.Changed + group.Unchanged - events, group.ChangedOf + group.UnchangedOf - of);
    }

    private CountCase Case((double Events, double Of) own, (double Events, double Of) others, double minimumEffect)
    {
        // Too few own events to know the own rate: what everybody's past says, if that is more.
        var pooled = (Events: own.Events + others.Events, Of: own.Of + others.Of);
        var reference = own.Events >= 20 || pooled.Of <= 0 || (own.Of > 0 && own.Events / own.Of > pooled.Events / pooled.Of) ? own : pooled;
        return new(reference.Events, reference.Of, overdispersion, 1 + minimumEffect, UsualRatio(own, others), agreement, cap);
    }

    /// <summary>How much more frequent events always were there than elsewhere; little is believed on few events, and then on the careful side.</summary>
    private double UsualRatio((double Events, double Of) own, (double Events, double Of) others)
    {
        if (own.Of <= 0 || others.Of <= 0) return 1;
        var log = Math.Log((own.Events + 0.5) / own.Of / ((others.Events + 0.5) / others.Of));
        var variance = overdispersion * (1 / (own.Events + 0.5) + 1 / (others.Events + 0.5));
        const double Belief = 0.25;
        var weight = Belief / (Belief + variance);
        return Math.Clamp(Math.Exp(log * weight + Math.Sqrt(Math.Min(variance, 1) * weight)), 0.7, 50);
    }

    private (double Events, double Of) Past(int[] instances)
    {
        double events = 0, of = 0;
        foreach (var i in instances)
        {
            if (i >= pastOf.Length) continue;
            events += pastEvents[i];
            of += pastOf[i];
        }
        return (events, of);
    }

    private (double Events, double Of) Read(int instance, int step)
    {
        var row = values[instance];
        var events = step < row.Length ? Numbers.Clean(row[step]) : double.NaN;
        double of = 1;
        if (exposure is not null)
        {
            var exposures = instance < exposure.Count ? exposure[instance] : [];
            of = step < exposures.Length ? Numbers.Clean(exposures[step]) : double.NaN;
        }
        return events >= 0 && of > 0 ? (events, of) : (0, 0);
    }

    private double DispersionOf(Roster roster, int count)
    {
        var dispersion = new Dispersion();
        var length = roster.FirstChange - roster.PastFrom;
        var (events, of) = (new double[length], new double[length]);
        for (var k = 0; k < Math.Min(DispersionSample, count); k++)
        {
            var i = (int)((long)k * count / Math.Min(DispersionSample, count));
            for (var t = 0; t < length; t++) (events[t], of[t]) = Read(i, roster.PastFrom + t);
            dispersion.Add(events, of);
        }
        return dispersion.Value;
    }
}
