using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>How large the change is, between which bounds, and how much time would make the bounds narrow enough.</summary>
/// <param name="Effect">The change as a part of what is usual.</param>
/// <param name="Low">At least this, at any number of looks.</param>
/// <param name="High">At most this.</param>
/// <param name="RulesOut">Whether clear effects for the worse are ruled out.</param>
/// <param name="WouldSee">Whether a clear effect would have been seen by now.</param>
/// <param name="NeedsSteps">About how many more steps rule them out; null if it looks as if more time would not.</param>
internal readonly record struct Estimate(double Effect, double Low, double High, bool RulesOut, bool WouldSee, double? NeedsSteps)
{
    /// <summary>An interval that holds at all looks together is wider than one for a single look (Robbins 1970); 99 in 100.</summary>
    private static double Width(double count) => Math.Sqrt(2 * Math.Log(100) + Math.Log(1 + count));

    public static Estimate? OfLevel(LevelCase level, Metric metric, double clear)
    {
        double sum = 0;
        var count = 0;
        foreach (var shift in level.Shift) if (!double.IsNaN(shift)) { sum += shift; count++; }
        if (count == 0 || !level.CanTell) return null;
        var test = level.Group;
        var mean = sum / count - test.Centre;
        var unit = test.Scale * Math.Sqrt(test.Temper * (1 + test.Memory) / (1 - test.Memory));
        double Radius(double steps) => Width(steps) * unit * Math.Sqrt(1 / steps + 1.0 / Math.Max(1, test.PastCount));
        var radius = Radius(count);
        var limit = Math.Log(1 + clear) + level.Band;
        var (worst, away) = metric.Direction switch
        {
            Direction.Increase => (mean + radius, mean),
            Direction.Decrease => (radius - mean, -mean),
            _ => (Math.Abs(mean) + radius, Math.Abs(mean)),
        };
        return new(Math.Exp(mean) - 1, Math.Exp(mean - radius) - 1, Math.Exp(mean + radius) - 1, worst < limit && count >= 5, radius < limit && count >= 5,
            Needs(count, steps => Math.Max(0, away) + Radius(steps) < limit));
    }

    public static Estimate? OfCount(CountTrack track, CountCase count, double minimumEffect, double clear, double clearRate)
    {
        double events = 0, of = 0, otherEvents = 0, otherOf = 0;
        var steps = 0;
        foreach (var step in track.After)
        {
            if (step.ChangedOf <= 0) continue;
            steps++;
            (events, of) = (events + step.Changed, of + step.ChangedOf);
            (otherEvents, otherOf) = (otherEvents + step.Unchanged, otherOf + step.UnchangedOf);
        }
        if (of <= 0) return null;
        if (otherOf <= 0) (otherEvents, otherOf) = count.Past;
        if (otherOf <= 0) return null;
        var (rate, usual) = (events / of, otherEvents / otherOf);
        double Upper(double times) => Numbers.PoissonUpper(events * times / count.Spread, Math.Log(100)) * count.Spread / (of * times);
        double Lower() => Math.Max(0, events - Width(events) * Math.Sqrt(events * count.Spread)) / of;
        var limit = usual * (1 + minimumEffect) * (1 + clear) + clearRate;
        var usualAtLeast = Math.Max(usual, 0.5 / otherOf);
        return new(rate / usualAtLeast - 1, Lower() / usualAtLeast - 1, Upper(1) / usualAtLeast - 1, Upper(1) < limit && steps >= 5,
            Numbers.PoissonUpper(usual * of / count.Spread, Math.Log(100)) * count.Spread / of < limit && steps >= 5,
            Needs(steps, more => Upper(more / steps) < limit));
    }

    private static double? Needs(int steps, Func<double, bool> enough)
    {
        for (double total = Math.Max(steps, 5); total <= 64.0 * Math.Max(steps, 5); total = Math.Ceiling(total * 1.1))
            if (enough(total)) return Math.Max(total - steps, 0);
        return null;
    }
}
