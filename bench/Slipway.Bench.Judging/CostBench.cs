using System.Diagnostics;
using System.Globalization;
using Slipway.Judging;

namespace Slipway.Bench.Judging;

/// <summary>What a look costs with many instances and metrics.</summary>
internal static class CostBench
{
    public static void Run(Report report, bool quick)
    {
        report.Title("What a look costs", "One core, 20 metrics, 60 steps before the change and 60 after it; a look at each new step.");
        report.Head("instances", "first look", "look at a new step, median", "slowest", "the same with what is drawn, median");
        foreach (var instances in quick ? new[] { 50, 500 } : new[] { 50, 500, 5000 })
        {
            var comparison = Make(instances);
            var judge = new Judge();
            double First() => Time(() => judge.Look(comparison with { Steps = 66 }, draw: false));
            var first = First();
            var plain = Enumerable.Range(67, 30).Select(steps => Time(() => judge.Look(comparison with { Steps = steps }, draw: false))).Order().ToArray();
            var drawn = Enumerable.Range(97, 20).Select(steps => Time(() => judge.Look(comparison with { Steps = steps }))).Order().ToArray();
            report.Row($"{instances}", Ms(first), Ms(plain[15]), Ms(plain[^1]), Ms(drawn[10]));
        }
    }

    private static Comparison Make(int instances)
    {
        var noise = new Noise(42);
        var metrics = Enumerable.Range(0, 20).Select(m =>
        {
            var rows = Enumerable.Range(0, instances).Select(_ => Enumerable.Range(0, 120).Select(_ => 100 * Math.Exp(0.1 * noise.Normal())).ToArray()).ToArray();
            return new Metric($"m{m}", m % 5 == 4 ? MetricKind.Count : MetricKind.Level, Direction.Increase, rows);
        }).ToArray();
        return new(60, 120, [.. Enumerable.Range(0, instances).Select(i => new ComparedInstance($"i{i}", i < instances / 10 ? 60 : null))], metrics);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Ms(double ms) => ms.ToString("0.0", CultureInfo.InvariantCulture) + " ms";
}
