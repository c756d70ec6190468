using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>Lines that an instance has counted since it was changed, step by step.</summary>
/// <param name="Counts">Null: it has told none.</param>
internal sealed record CountedLines(InstanceName Instance, IReadOnlyList<double>? Counts)
{
    public static CountedLines Of(SignalBook book, LiveMember member, LogCheck check)
    {
        var name = member.Instance.Name;
        var assigned = member.State.Assigned.Generation;
        if (book.Find(name) is not { NextStep: > 0 and var steps } signals || !signals.Starts.Any(start => start.Generation >= assigned))
            return new(name, null);

        // One that was started before all that is kept has counted from there on.
        var from = Comparisons.ChangedAt(book, signals, assigned, steps) ?? 0;
        List<double> counts = [.. signals.Row(LineSeries.Of(check), steps).Take(steps).Skip(from).Where(count => !double.IsNaN(count))];
        return new(name, counts.Count == 0 ? null : counts);
    }
}
