using System.Collections.Concurrent;

namespace Slipway.Bench.Agents;

/// <summary>How long something took, each time it was done.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> milliseconds = [];

    public void Add(TimeSpan time) => milliseconds.Add(time.TotalMilliseconds);

    /// <summary>What warmed up does not count.</summary>
    public void Forget() => milliseconds.Clear();

    /// <param name="share">0.5: the median.</param>
    public double At(double share) => At([.. milliseconds], share);

    public static double At(IReadOnlyCollection<double> all, double share)
    {
        double[] sorted = [.. all.Order()];
        return sorted is [] ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
