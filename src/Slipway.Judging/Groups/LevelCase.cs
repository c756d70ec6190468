using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>All that is asked of one level metric while the groups stay as they are; grows with the comparison.</summary>
internal sealed class LevelCase
{
    private const int MostSuspects = 4;

    /// <summary>To vary more by less than a third is nothing to stop for.</summary>
    private const double LargerUnrest = 0.33;

    private readonly LevelTrack levels;
    private readonly Metric judged;
    private readonly Placebos placebos;
    private readonly double[] sides;
    private readonly SeriesRun[] shifts;
    private readonly SeriesRun? worsening;
    private readonly SeriesRun spread;
    private readonly double spreadPenalty;
    private readonly CountCase tail;
    private readonly Dictionary<(int Instance, double Sign), SeriesRun> suspects = [];
    private readonly Dictionary<int, (double Centre, double Scale, double SpreadCentre, double SpreadScale)> units = [];
    private readonly (double Centre, double PerStep) trend;

    public LevelCase(LevelTrack track, Roster roster, Metric metric, double minimumEffect)
    {
        (levels, judged) = (track, metric);
        Band = Math.Log(1 + minimumEffect) + Habit(metric);
        // Both directions of Either, or the one that is worse.
        sides = metric.Direction switch { Direction.Increase => [1], Direction.Decrease => [-1], _ => [1, -1] };
        placebos = new(track, roster, sides, Band);
        var past = track.Past(roster, roster.Latest);
        Group = new([.. past.Select(step => step.Shift)], roster.Cap, placebos.Memory);
        Group.Temper = placebos.Temper(Group);
        shifts = [.. sides.Select(side => new SeriesRun(Group, side))];
        if (sides.Length == 1) worsening = new(Group, sides[0]);
        var spreadTest = new SeriesTest([.. past.Select(step => step.Spread)], roster.Cap);
        spread = new(spreadTest, 1);
        spreadPenalty = SelfTest.Penalty(SelfTest.Highest([.. past.Select(step => step.Spread)], roster.Cap, double.NaN, 1, LargerUnrest), 1);
        tail = new(past.Sum(step => step.TailChanged + step.TailUnchanged), past.Sum(step => step.ChangedCount + step.UnchangedCount),
            Dispersion.Of(track.Baseline, roster.Latest, past), 1.5, 1, CountCase.Peaks, roster.Cap);
        trend = roster.Latest.Unchanged.Length > 0 ? (0, 0) : Trend(past);
    }

    public SeriesTest Group { get; }

    /// <summary>The smallest effect worth stopping for, as a difference of logarithms.</summary>
    public double Band { get; }

    /// <summary>The changed group's distance from the unchanged at each step since the first change.</summary>
    public IEnumerable<double> Shift => levels.After.Select(step => step.Shift);

    public bool CanTell => Group.CanTell;

    /// <summary>Standardised innovations in the worse direction, only a part of the band taken off: past, and after the change.</summary>
    public (double[] Past, List<double> After)? Worsening => worsening is null || !CanTell ? null
        : ([.. Group.Aligned.Select(value => sides[0] * value)], worsening.Innovations);

    /// <summary>Adds the steps that are new.</summary>
    public void Extend(Roster roster, double partOfBand)
    {
        placebos.Extend(levels, roster, Band);
        for (var t = spread.Path.Count; t < levels.After.Count; t++)
        {
            var step = levels.After[t];
            var (centre, scale, spreadCentre, spreadScale) = Units(roster, t);
            var allowed = Allowed(roster, t);
            foreach (var shift in shifts) shift.Add(step.Shift, Band + allowed, centre, scale);
            worsening?.Add(step.Shift, Band * partOfBand + allowed, centre, scale);
            spread.Add(step.Spread, LargerUnrest, spreadCentre, spreadScale);
            tail.Add(new(step.TailChanged, step.ChangedCount, step.TailUnchanged, step.UnchangedCount));
        }
    }

    public IEnumerable<Signal> Signals(Roster roster)
    {
        if (!CanTell) yield break;
        var alone = roster.Latest.Changed.Length <= 1;
        for (var side = 0; side < sides.Length; side++)
        {
            var (sign, share) = (sides[side], 1.0 / sides.Length);
            yield return new(sign > 0 ? Sign.Higher : Sign.Lower, shifts[side].Path, placebos.Penalty(sign, roster.Latest.Changed.Length), share * (alone ? 0.7 : 0.45));
            if (alone) continue;
            foreach (var suspect in Suspects(roster, sign, share * 0.25)) yield return suspect;
        }
        yield return new(Sign.Tail, tail.Path, 0, 0.15);
        yield return new(Sign.Spread, spread.Path, spreadPenalty, 0.15);
    }

    private IEnumerable<Signal> Suspects(Roster roster, double sign, double share)
    {
        foreach (var i in levels.Suspects(roster, sign, MostSuspects))
        {
            if (!suspects.TryGetValue((i, sign), out var run))
            {
                var test = new SeriesTest(levels.InstancePast(roster, i, true), roster.Cap, placebos.Memory);
                if (!test.CanTell) continue;
                test.Temper = placebos.Temper(test);
                suspects[(i, sign)] = run = new(test, sign);
            }
            for (var t = run.Path.Count; t < levels.After.Count; t++)
                run.Add(levels.InstanceAfter(roster, i, t, true), 2 * Band + levels.Baseline.NewcomerSpread);
            // The average over all changed instances; those that are not looked at closely count as nothing.
            yield return new(sign > 0 ? Sign.InstanceHigher : Sign.InstanceLower, run.Path, placebos.Penalty(sign, 0),
                share / roster.Latest.Changed.Length, i);
        }
    }

    private (double Centre, double Scale, double SpreadCentre, double SpreadScale) Units(Roster roster, int t)
    {
        var composition = roster.At(roster.FirstChange + t);
        if (composition.Changed.Length == 0) return (0, 1, 0, 1);
        if (units.TryGetValue(composition.From, out var known)) return known;
        var past = levels.Past(roster, composition);
        var (centre, scale) = Serial.CentreAndScale([.. past.Select(step => step.Shift)]);
        var (spreadCentre, spreadScale) = Serial.CentreAndScale([.. past.Select(step => step.Spread)]);
        return units[composition.From] = (centre, scale, spreadCentre, spreadScale);
    }

    /// <summary>
    /// What is tolerated beyond the band: differences between peers for newcomers without a past, and, with nobody left to compare with, as much
    /// again and what the trend of the past may explain.
    /// </summary>
    private double Allowed(Roster roster, int t)
    {
        var allowed = levels.Baseline.NewcomerSpread;
        return roster.At(roster.FirstChange + t).Unchanged.Length > 0 ? allowed : allowed + Band + trend.PerStep * (trend.Centre + t);
    }

    private (double Centre, double PerStep) Trend(StepFeatures[] past)
    {
        var (slope, error) = Line.Fit([.. past.Select(step => step.Shift)], Group.Memory);
        var against = judged.Direction switch { Direction.Increase => slope, Direction.Decrease => -slope, _ => Math.Abs(slope) };
        return (past.Length / 2.0, Math.Max(0, against + 2 * error));
    }

    /// <summary>Changes that healthy deployments of this target make anyway.</summary>
    private static double Habit(Metric metric)
    {
        var logs = metric.EarlierRatios?.Where(ratio => ratio > 0 && double.IsFinite(ratio)).Select(ratio => Math.Abs(Math.Log(ratio))).ToArray() ?? [];
        return logs.Length == 0 ? 0 : Math.Min(1, 1.25 * Numbers.Quantile(logs, 0.9));
    }
}
