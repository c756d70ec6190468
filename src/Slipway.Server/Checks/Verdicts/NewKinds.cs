using Slipway.Contracts.Verdicts;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Kinds of lines of error that only changed instances print: no unchanged one does, and none did before its change.</summary>
/// <param name="change">So many steps before its start may already have lines of the new process: an agent hears of a start a moment after it.</param>
internal sealed class NewKinds(IReadOnlyList<Side> sides, int steps, int change)
{
    /// <summary>
    /// Agents on different instances find slightly different templates for the same kind. Drain (He, Zhu, Zheng, Lyu, ICWS 2017, section III-D) compares two by the share of
    /// equal words in the same places; it asks for half of them, which here would take two errors of one logger for one kind because of what its lines begin with.
    /// </summary>
    private const double Similar = 0.8;

    private const int MostShown = 20;
    private const string Anything = "<*>";

    private readonly List<string[]> known =
        [.. sides.SelectMany(side => side.Signals.Kinds.Where(kind => kind.Counts.Keys.Any(step => step < (side.ChangedAt - change ?? steps))).Select(kind => kind.Template))
            .Distinct(StringComparer.Ordinal)
            .Select(Words)];

    /// <summary>Those seen most first.</summary>
    public IReadOnlyList<NewErrorLine> Lines()
    {
        var found = new List<(string[] Words, NewErrorLine Line)>();
        foreach (var (kind, count) in sides.SelectMany(New))
        {
            var words = Words(kind.Template);
            var at = found.FindIndex(other => AreOne(other.Words, words));
            if (at < 0)
                found.Add((words, new() { Template = kind.Template, Example = kind.Example, Count = count, Instances = 1 }));
            else
                found[at] = (found[at].Words, found[at].Line with { Count = found[at].Line.Count + count, Instances = found[at].Line.Instances + 1 });
        }

        return [.. found.Select(one => one.Line).OrderByDescending(line => line.Count).Take(MostShown)];
    }

    /// <summary>How many such lines an instance printed in each step. Where lines are not read there is nothing to say, which is not the same as none.</summary>
    public double[] Row(Side side)
    {
        var read = side.Signals.Row("errors", steps);
        var row = new double[Math.Min(read.Length, steps)];
        for (var step = 0; step < row.Length; step++)
            row[step] = double.IsNaN(read[step]) ? double.NaN : 0;

        foreach (var (kind, _) in New(side))
        {
            foreach (var (step, count) in kind.Counts.Where(pair => pair.Key < row.Length && pair.Key >= side.ChangedAt))
                row[step] = (double.IsNaN(row[step]) ? 0 : row[step]) + count;
        }

        return row;
    }

    private IEnumerable<(InstanceSignals.Kind Kind, long Count)> New(Side side)
    {
        if (side.ChangedAt is not { } at)
            yield break;

        foreach (var kind in side.Signals.Kinds)
        {
            var count = kind.Counts.Where(pair => pair.Key >= at && pair.Key < steps).Sum(pair => (long)pair.Value);
            var words = Words(kind.Template);
            if (count > 0 && !known.Exists(other => AreOne(other, words)))
                yield return (kind, count);
        }
    }

    private static string[] Words(string template) => template.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool AreOne(string[] left, string[] right)
    {
        if (left.Length != right.Length)
            return false;

        var (equal, all) = (0, 0);
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == Anything && right[i] == Anything)
                continue;

            all++;
            if (left[i] == right[i])
                equal++;
        }

        return equal >= Similar * all;
    }
}
