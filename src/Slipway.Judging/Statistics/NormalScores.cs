using System.Collections.Concurrent;

namespace Slipway.Judging.Statistics;

/// <summary>Normal scores of ranks, and what a bet on them is worth on average if ranks are uniform.</summary>
internal static class NormalScores
{
    private static readonly ConcurrentDictionary<(int Slope, int Count), double> means = new();

    public static double Score(double rank, int count) => Numbers.NormalQuantile((rank - 0.5) / count);

    /// <summary>log of the mean of exp(slope × score) over the ranks 1 to count: what makes the bet exactly fair.</summary>
    public static double LogMean(int index, double slope, int count) =>
        means.GetOrAdd((index, count), static (key, slope) =>
        {
            double sum = 0;
            for (var rank = 1; rank <= key.Count; rank++) sum += Math.Exp(slope * Score(rank, key.Count));
            return Math.Log(sum / key.Count);
        }, slope);

    /// <summary>The normal scores of a series, in its order.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var keys = values.ToArray();
        Array.Sort(keys, order);
        var scores = new double[values.Length];
        for (var from = 0; from < keys.Length;)
        {
            var to = from;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            for (var i = from; i < to; i++) scores[order[i]] = Score((from + 1 + to) / 2.0, keys.Length);
            from = to;
        }
        return scores;
    }
}
