using Slipway.Judging.Groups;

namespace Slipway.Judging.Telling;

/// <summary>The rates a sentence about events needs.</summary>
internal sealed record CountRates(bool PerRequest, double ChangedEvents, double ChangedOf, double Usual, int Instances, string Against)
{
    public double Changed => ChangedOf > 0 ? ChangedEvents / ChangedOf : 0;

    public static CountRates Of(MetricCase metric, Roster roster)
    {
        double events = 0, of = 0, otherEvents = 0, otherOf = 0;
        foreach (var step in metric.Counts!.After)
        {
            if (step.ChangedOf <= 0) continue;
            (events, of) = (events + step.Changed, of + step.ChangedOf);
            (otherEvents, otherOf) = (otherEvents + step.Unchanged, otherOf + step.UnchangedOf);
        }
        var (perRequest, instances) = (metric.Metric.Exposure is not null, roster.Latest.Changed.Length);
        if (otherOf > 0) return new(perRequest, events, of, otherEvents / otherOf, instances, $"on the {roster.Latest.Unchanged.Length} unchanged");
        var past = metric.Counts.Group(roster, 0).Past;
        return new(perRequest, events, of, past.Of > 0 ? past.Events / past.Of : 0, instances, "before");
    }
}
