namespace Slipway.Judging.Groups;

/// <summary>
/// What the judge would have found in a past in which nothing was changed: its first half is taken for the past, its second for the time after a change.
/// Bursts and moods that come and go show themselves here.
/// </summary>
internal static class SelfTest
{
    /// <summary>The highest log e-value on the way.</summary>
    public static double Highest(double[] past, double cap, double memory, double sign, double band)
    {
        var half = past.Length / 2;
        var test = new SeriesTest(past[..half], cap, memory);
        if (!test.CanTell) return 0;
        var run = new SeriesRun(test, sign);
        for (var t = half; t < past.Length; t++) run.Add(past[t], band);
        return run.Highest;
    }

    /// <summary>What is taken off, if so much was found in the worst of so many: the worst of fair ones is seldom above log of their number.</summary>
    public static double Penalty(double highest, int count) => count == 0 ? 0 : Math.Max(0, highest - Math.Log(count) - 1);
}
