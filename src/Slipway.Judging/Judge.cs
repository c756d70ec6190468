using Slipway.Judging.Groups;
using Slipway.Judging.Telling;

namespace Slipway.Judging;

/// <summary>
/// Slipway's judge: looks at a comparison as often as anybody likes, and says pass, fail or inconclusive. It remembers what it has condensed, so that
/// a look at a comparison that has grown costs only the new steps; it decides nothing from memory, and another judge says the same.
/// </summary>
public sealed class Judge(JudgeSettings? settings = null)
{
    private const double ShareOfTogether = 0.1, PartOfBandTogether = 0.35;

    /// <summary>Where next to nothing is usual, a ratio says nothing; so much more is clear then.</summary>
    private const double EventsPerHour = 30, EventsPerRequest = 0.01;

    private readonly JudgeSettings settings = settings ?? JudgeSettings.Default;
    private readonly Dictionary<string, LevelTrack> levels = [];
    private readonly Dictionary<string, CountTrack> countTracks = [];
    private Roster? known;

    /// <summary>One look by a judge without memory.</summary>
    public static Judgement Decide(Comparison comparison, JudgeSettings? settings = null) => new Judge(settings).Look(comparison);

    /// <summary>Looks at everything there is by now.</summary>
    /// <param name="draw">Whether the judgement carries what can be drawn; it costs more than the rest of a look.</param>
    public Judgement Look(Comparison comparison, bool draw = true)
    {
        if (comparison.Instances.Count == 0 || comparison.Metrics.Count == 0) return Nothing("There is nothing to judge: no instances or no metrics.");
        var roster = new Roster(comparison, settings);
        if (known is null || !roster.Continues(known)) { levels.Clear(); countTracks.Clear(); }
        known = roster;
        if (roster.Latest.Changed.Length == 0) return NotYet(roster);

        var cases = new List<MetricCase>(comparison.Metrics.Count);
        foreach (var metric in comparison.Metrics) cases.Add(CaseOf(Fitted(metric, comparison.Instances.Count), comparison, roster));
        var together = Together(cases, comparison.Metrics.Count, roster.Cap);
        return new Summary(comparison, roster, settings, draw).Of(cases, together);
    }

    private MetricCase CaseOf(Metric metric, Comparison comparison, Roster roster)
    {
        var share = (1 - ShareOfTogether) / comparison.Metrics.Count;
        var effect = settings.MinimumEffect(metric);
        var clear = effect * Math.Max(1, settings.ClearEffect);
        if (metric.Kind is MetricKind.Count or MetricKind.Novelty)
        {
            if (!countTracks.TryGetValue(metric.Name, out var counts)) countTracks[metric.Name] = counts = new(metric, roster);
            counts.Extend(metric, roster);
            var group = counts.Group(roster, effect);
            return new(metric, [.. CountSignals(counts, group, roster, effect, share)], Estimate.OfCount(counts, group, effect, clear, metric.Exposure is null ? EventsPerHour * roster.StepSeconds / 3600 : EventsPerRequest), null, counts);
        }
        if (!levels.TryGetValue(metric.Name, out var track)) levels[metric.Name] = track = new(metric, roster);
        track.Extend(metric, roster);
        var level = track.Case(roster, effect);
        level.Extend(roster, PartOfBandTogether);
        return new(metric, [.. level.Signals(roster).Select(signal => signal with { Share = signal.Share * share })],
            Estimate.OfLevel(level, metric, clear), level, null);
    }

    /// <summary>Rows that are missing are rows without values.</summary>
    private static Metric Fitted(Metric metric, int instances)
    {
        double[][] Fit(IReadOnlyList<double[]> rows) => [.. Enumerable.Range(0, instances).Select(i => i < rows.Count ? rows[i] : [])];
        return metric.Values.Count >= instances && !(metric.Exposure?.Count < instances) ? metric
            : metric with { Values = Fit(metric.Values), Exposure = metric.Exposure is { } exposure ? Fit(exposure) : null };
    }

    private static IEnumerable<Signal> CountSignals(CountTrack track, CountCase group, Roster roster, double effect, double share)
    {
        var changed = roster.Latest.Changed.Length;
        yield return new(Sign.Events, group.Path, 0, share * (changed > 1 ? 0.7 : 1));
        if (changed <= 1) yield break;
        foreach (var (instance, suspect) in track.Suspects(roster, 2 * effect, 4))
            yield return new(Sign.InstanceEvents, suspect.Path, 0, share * 0.3 / changed, instance);
    }

    /// <summary>Small changes for the worse in many metrics at once, each too small by itself.</summary>
    private static Signal? Together(List<MetricCase> cases, int metrics, double cap)
    {
        var worsenings = cases.Select(c => c.Level?.Worsening).OfType<(double[] Past, List<double> After)>().ToArray();
        if (metrics < 3 || worsenings.Length < 3) return null;
        var past = Mean([.. worsenings.Select(w => w.Past)]);
        var test = new SeriesTest(past, cap);
        if (!test.CanTell) return null;
        var run = new SeriesRun(test, 1);
        foreach (var value in Mean([.. worsenings.Select(w => w.After)])) run.Add(value, 0);
        return new(Sign.Together, run.Path, SelfTest.Penalty(SelfTest.Highest(past, cap, double.NaN, 1, 0), 1), ShareOfTogether);
    }

    private static double[] Mean(IReadOnlyList<double>[] series)
    {
        var mean = new double[series.Min(one => one.Count)];
        for (var t = 0; t < mean.Length; t++)
        {
            double sum = 0;
            var count = 0;
            foreach (var one in series) if (!double.IsNaN(one[t])) { sum += Math.Clamp(one[t], -3, 3); count++; }
            mean[t] = count > 0 ? sum / count : double.NaN;
        }
        return mean;
    }

    private static Judgement Nothing(string sentence) => new() { Verdict = Verdict.Inconclusive, Sentence = sentence, Metrics = [] };

    private static Judgement NotYet(Roster roster)
    {
        var missing = roster.Instances.Any(instance => instance.ChangedAt is not null);
        var first = Enumerable.Range(0, roster.Instances.Count).Min(roster.LooksFrom);
        var sentence = missing ? "The changed instances are still warming up." : "No instance has been changed yet.";
        return Nothing(sentence) with { NeedsSeconds = missing ? Math.Max(0, first + 5 - roster.Steps) * roster.StepSeconds : null };
    }
}
