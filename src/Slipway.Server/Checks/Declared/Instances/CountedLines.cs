using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Checks.Declared.Instances;

/// <summary>Lines that an instance has counted since it was changed, step by step.</summary>
/// <param name="Counts">Null: it has told none.</param>
internal sealed record CountedLines(InstanceName Instance, IReadOnlyList<double>? Counts)
{
    /// <param name="generation">Of what the deployment has asked for; what was counted of anything before it is another version's.</param>
    public static CountedLines Of(ISignals book, InstanceName instance, ulong generation, LogCheck check)
    {
        if (book.Find(instance) is not { NextStep: > 0 and var steps } signals || signals.Starts.FirstOrDefault(start => start.Generation >= generation) is not { } started)
            return new(instance, null);

        // One that was started before all that is kept has counted from there on.
        var from = Math.Max(0, (started.At / book.StepMs) - book.Origin);
        List<double> counts = from < steps ? [.. signals.Row(LineSeries.Of(check), steps).Take(steps).Skip((int)from).Where(count => !double.IsNaN(count))] : [];
        return new(instance, counts.Count == 0 ? null : counts);
    }
}
