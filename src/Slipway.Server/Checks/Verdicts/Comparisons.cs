using Slipway.Judging;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>From what instances have measured to what a judge compares. Pure.</summary>
internal static class Comparisons
{
    /// <summary>While it drains, stops and starts an instance does not work as usual: so much before its start does not count as its past.</summary>
    private static readonly TimeSpan Change = TimeSpan.FromSeconds(15);

    /// <summary>Who tells nothing for so long does not hold up the others. A busy machine tells late, and a step that was looked at is not looked at again.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    /// <summary>What may be compared now, or why nothing can be.</summary>
    /// <param name="earlier">What earlier good deployments did to each signal, as ratios.</param>
    /// <param name="upTo">As it was before this step, when looking back. Null: as it is now.</param>
    public static Compared Of(ISignals book, IReadOnlyList<JudgedInstance> instances, IReadOnlyCollection<string> ignored, ILookup<string, double> earlier, int? upTo = null)
    {
        var present = instances.Select(instance => (instance.Name, Measured: book.Find(instance.Name), instance.Generation)).Where(one => one.Measured is { NextStep: > 0 }).ToList();
        if (present.Count == 0)
            return Compared.Nothing;

        var newest = present.Max(one => one.Measured!.NextStep);

        var silent = newest - Math.Max(4, Math.Ceiling(Silence.TotalMilliseconds / book.StepMs));
        var steps = present.Select(one => one.Measured!.NextStep).Where(next => next > silent).Min();
        if (upTo < steps)
            steps = upTo.Value;

        var sides = present.Select(one => new Side(one.Name, one.Measured!, one.Generation is { } asked ? ChangedAt(book, one.Measured!, asked, steps) : null, one.Generation is not null && upTo is null)).ToList();

        // Assigned, and not started yet.
        sides.RemoveAll(side => side is { IsToChange: true, ChangedAt: null });
        if (sides.Count == 0)
            return Compared.Nothing;

        var signals = SignalTable.Of(sides.SelectMany(side => side.Signals.Names).ToHashSet(StringComparer.Ordinal), ignored);
        var change = (int)Math.Ceiling(Change.TotalMilliseconds / book.StepMs);
        var kinds = new NewKinds(sides, steps, change);
        var metrics = signals.Select(signal => MetricOf(signal, sides, kinds, (steps, change), earlier)).ToList();
        return new(new(book.StepMs / 1000.0, steps, [.. sides.Select(side => new ComparedInstance(side.Name.Value, side.ChangedAt))], metrics), signals)
        {
            FirstChange = sides.Min(side => side.ChangedAt) is { } first ? DateTimeOffset.FromUnixTimeMilliseconds((book.Origin + first) * book.StepMs) : null,
            NewErrors = kinds.Lines(),
        };
    }

    /// <summary>The step in which the process was started that the deployment has asked for. Null: it has not been yet, or the instance is not changed.</summary>
    public static int? ChangedAt(ISignals book, InstanceSignals signals, ulong generation, int steps)
    {
        if (signals.Starts.FirstOrDefault(start => start.Generation >= generation) is not { } start)
            return null;

        var step = (start.At / book.StepMs) - book.Origin;
        return step >= 0 && step < steps ? (int)step : null;
    }

    private static Metric MetricOf(Signal signal, List<Side> sides, NewKinds kinds, (int All, int Change) steps, ILookup<string, double> earlier)
    {
        var exposure = signal.Exposure;
        double[][] Rows(string name) => [.. sides.Select(side => Blank(name == SignalTable.NewErrors ? kinds.Row(side) : side.Signals.Row(name, steps.All), side.ChangedAt, steps.Change))];
        return new(signal.Title, signal.Kind, signal.Direction, Rows(signal.Name))
        {
            Exposure = exposure is null ? null : Rows(exposure),
            MinimumEffect = signal.MinimumEffect,
            EarlierRatios = [.. earlier[signal.Name]],
            Optional = true,
        };
    }

    private static double[] Blank(double[] row, int? changedAt, int steps)
    {
        if (changedAt is { } at && row.Length > 0)
            Array.Fill(row, double.NaN, Math.Max(0, at - steps), at - Math.Max(0, at - steps));

        return row;
    }
}
