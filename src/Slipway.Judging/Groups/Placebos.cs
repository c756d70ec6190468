using Slipway.Judging.Statistics;

namespace Slipway.Judging.Groups;

/// <summary>
/// The judge tests itself on unchanged instances, each as if it were the changed one: what they remember makes memory better known,
/// and the evidence that is found against them, who did nothing, is taken off the evidence against the changed ones.
/// </summary>
internal sealed class Placebos
{
    private const int Most = 8, MostPasts = 32;

    private int[] chosen = [];
    private readonly double[] signs, penalties, pastPenalties, groupPenalties;
    private SeriesRun[][] running;
    private double[][] innovations = [];
    private double factor;

    public Placebos(LevelTrack track, Roster roster, double[] sides, double band)
    {
        (signs, penalties, pastPenalties, groupPenalties) = (sides, new double[sides.Length], new double[sides.Length], new double[sides.Length]);
        running = [.. sides.Select(_ => Array.Empty<SeriesRun>())];
        var unchanged = roster.Latest.Unchanged;
        if (unchanged.Length >= 2) Memory = Choose(track, roster, unchanged);
        TestPasts(track, roster, band);
    }

    private double Choose(LevelTrack track, Roster roster, int[] unchanged)
    {
        factor = unchanged.Length / (unchanged.Length - 1.0);
        var count = Math.Min(Most, unchanged.Length);
        chosen = [.. Enumerable.Range(0, count).Select(k => unchanged[(long)k * unchanged.Length / count])];
        var pasts = chosen.Select(i => track.InstancePast(roster, i, false).Select(value => value * factor).ToArray()).ToArray();
        var memory = Serial.Memory(pasts);
        var tests = pasts.Select(past => new SeriesTest(past, roster.Cap, memory)).ToArray();
        innovations = [.. tests.Select(test => test.PastInnovations(1))];
        running = [.. signs.Select(side => tests.Select(test => new SeriesRun(test, side)).ToArray())];
        return memory;
    }

    public double Memory { get; } = double.NaN;

    /// <summary>What dependence whitening leaves in a series, believing the unchanged instances as much as its own past.</summary>
    public double Temper(SeriesTest test)
    {
        var inflation = new Inflation();
        inflation.Add(test.PastInnovations(1));
        foreach (var past in innovations) inflation.Add(past);
        // The fewer series it was learned from, the further it may be off.
        return Math.Max(inflation.Value, 1 + (test.Temper - 1) / 2) * (1 + 0.35 / Math.Sqrt(1 + innovations.Length));
    }

    /// <summary>Adds the steps that are new.</summary>
    public void Extend(LevelTrack track, Roster roster, double band)
    {
        for (var side = 0; side < signs.Length; side++)
        {
            for (var k = 0; k < chosen.Length; k++)
            {
                var run = running[side][k];
                for (var t = run.Path.Count; t < track.After.Count; t++) run.Add(track.InstanceAfter(roster, chosen[k], t, false) * factor, band);
            }
            penalties[side] = Penalty(running[side]);
        }
    }

    /// <summary>What is taken off the evidence against the group of so many, or (0) against a single one of it.</summary>
    public double Penalty(double sign, int group)
    {
        var side = Array.IndexOf(signs, sign);
        return Math.Max(penalties[side], Math.Max(pastPenalties[side] / Math.Max(1, group), group > 0 ? groupPenalties[side] : 0));
    }

    private void TestPasts(LevelTrack track, Roster roster, double band)
    {
        var composition = roster.Latest;
        var all = composition.Changed.Concat(composition.Unchanged).ToArray();
        var count = Math.Min(MostPasts, all.Length);
        var fromPeers = composition.Unchanged.Length > 0 || all.Length > 1;
        for (var k = 0; k < count; k++)
        {
            var past = track.InstancePast(roster, all[(long)k * all.Length / count], fromPeers);
            for (var side = 0; side < signs.Length; side++)
                pastPenalties[side] = Math.Max(pastPenalties[side], SelfTest.Highest(past, roster.Cap, Memory, signs[side], band));
        }
        var group = track.Past(roster, composition).Select(step => step.Shift).ToArray();
        for (var side = 0; side < signs.Length; side++)
        {
            pastPenalties[side] = SelfTest.Penalty(pastPenalties[side], count);
            groupPenalties[side] = SelfTest.Penalty(SelfTest.Highest(group, roster.Cap, Memory, signs[side], band), 1);
        }
    }

    private static double Penalty(SeriesRun[] runs)
    {
        if (runs.Length == 0) return 0;
        var highest = runs.Select(run => run.Highest).OrderDescending().ToArray();
        // With enough of them, one that is truly ill is not taken for the judge's own fault.
        return Math.Max(0, highest[highest.Length >= 6 ? 1 : 0] - Math.Log(highest.Length) - 1);
    }
}
