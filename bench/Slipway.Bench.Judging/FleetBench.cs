using Slipway.Bench.Judging.Generators;

namespace Slipway.Bench.Judging;

/// <summary>Whole deployments, looked at every 30 seconds.</summary>
internal sealed class FleetBench(Report report, double effort, int cores)
{
    private static readonly int[] minutes = [5, 10, 20, 40, 60];

    public void Healthy()
    {
        report.Title("Deployments of healthy versions that were failed", "All metrics and all looks together; 95 % intervals (Clopper-Pearson). 5 to 60 minutes each.");
        report.Head("instances", "Slipway", "Kayenta", "Slipway: passed before the end");
        foreach (var (instances, runs, kayentas) in new[] { (2, 600, 100), (3, 600, 100), (5, 600, 100), (20, 400, 60), (200, 150, 20) })
        {
            var ours = Run(Kind.Service, Some(runs), k => new(instances, minutes[k % 5], Fault.None, 0, (ulong)(1_000_000 + instances * 10_000 + k)), Watcher.Watch);
            var theirs = Run(Kind.Service, Some(kayentas), k => new(instances, minutes[k % 5], Fault.None, 0, (ulong)(1_000_000 + instances * 10_000 + k)), KayentaWatcher.Watch);
            report.Row($"{instances}", Failed(ours), Failed(theirs), Report.Share(ours.Count(o => o.PassedAfter is not null), ours.Length));
            Why(ours);
        }
    }

    public void Batches()
    {
        report.Title("Roll-outs in batches: healthy versions that were failed",
            "Steps of 2 s, 12 minutes, a past of 8 minutes, batches at even distances; one instance stays unchanged. The steady world has nothing but independent noise.");
        int[][] all = [[1], [1, 2], [1, 2, 3], [1, 5, 9], [9]];
        report.Head([.. all.Select(batches => $"{batches[^1] + 1}: {string.Join(", ", batches)}").Prepend("world")]);
        foreach (var kind in new[] { Kind.Service, Kind.Steady })
        {
            var cells = new List<string> { $"{kind}" };
            foreach (var batches in all)
            {
                Scenario Make(int k) => new(batches[^1] + 1, 12, Fault.None, 0, (ulong)(3_000_000 + batches[^1] * 10_000 + k)) { StepSeconds = 2, PastMinutes = 8, Batches = batches };
                var ours = Run(kind, Some(200), Make, Watcher.Watch);
                cells.Add(Failed(ours));
                Why(ours);
            }
            report.Row([.. cells]);
        }
    }

    public void Faulty(string title, Family[] families)
    {
        report.Title(title, "Share found within 30 minutes, and the median time from the first change to the answer. In brackets: Kayenta's judge on the same series; what it fails of the first row it would have failed without the fault too.");
        int[] sizes = [2, 5, 20];
        report.Head([.. sizes.Select(n => $"{n} instances").Prepend("fault")]);
        foreach (var family in families.Prepend(new("*nothing: the same deployments, healthy*", Fault.None, 0)))
        {
            var cells = new List<string> { family.Name };
            foreach (var instances in sizes)
            {
                Scenario Make(int k) => new(instances, 30, family.Fault, family.Size, (ulong)(5_000_000 + instances * 10_000 + k));
                var ours = Run(Kind.Service, Some(40), Make, Watcher.Watch);
                var theirs = Run(Kind.Service, Some(20), Make, KayentaWatcher.Watch);
                cells.Add($"{Found(ours)} ({Found(theirs)})");
            }
            report.Row([.. cells]);
        }
    }

    public void HoldOutHealthy(string title, Kind[] kinds)
    {
        report.Title($"{title}: healthy versions in worlds the judge was not made with",
            "Steps of 30 s, past of an hour. With 2 and 5 instances none is unchanged in the last 40 % of the time; with 20 half is.");
        report.Head("world", "2 instances", "5 instances", "20 instances");
        foreach (var kind in kinds)
        {
            var cells = new List<string> { $"{kind}" };
            foreach (var instances in new[] { 2, 5, 20 })
            {
                var ours = Run(kind, Some(200), k => HoldOut(instances, Fault.None, 0, k), Watcher.Watch);
                cells.Add(Failed(ours));
                Why(ours);
            }
            report.Row([.. cells]);
        }
    }

    public void HoldOutFaulty(string title, Kind[] kinds)
    {
        report.Title($"{title}: faults", "5 instances, 30 minutes; share and median time.");
        Family[] families = [.. Family.Clear.Where(family => family.Fault is Fault.ErrorRate or Fault.LatencyShift or Fault.Variance or Fault.SlowLeak or Fault.FallingThroughput
            || (family.Fault == Fault.Cpu && kinds[0] <= Kind.CommonSteps))];
        report.Head([.. families.Select(family => family.Name).Prepend("world")]);
        foreach (var kind in kinds)
            report.Row([.. families.Select(family => Found(Run(kind, Some(40), k => HoldOut(5, family.Fault, family.Size, k), Watcher.Watch))).Prepend($"{kind}")]);
    }

    private static Scenario HoldOut(int instances, Fault fault, double size, int k) =>
        new(instances, 30, fault, size, (ulong)(9_000_000 + instances * 10_000 + k)) { StepSeconds = 30, PastMinutes = 60 };

    private Outcome[] Run(Kind kind, int runs, Func<int, Scenario> scenario, Func<Fleet, Outcome> watch) =>
        [.. Enumerable.Range(0, runs).AsParallel().AsOrdered().WithDegreeOfParallelism(cores).Select(k => watch(Worlds.Make(kind, scenario(k))))];

    private int Some(int runs) => Math.Max(5, (int)(runs * effort));

    private static string Failed(Outcome[] outcomes) => Rates.Text(outcomes.Count(o => o.FailedAfter is not null), outcomes.Length);

    private static string Found(Outcome[] outcomes) =>
        Report.Share(outcomes.Count(o => o.FailedAfter is not null), outcomes.Length) + Report.Minutes(outcomes);

    private static void Why(Outcome[] outcomes)
    {
        foreach (var by in outcomes.Where(o => o.By is not null).GroupBy(o => o.By)) Console.Error.WriteLine($"    alarm by {by.Key}: {by.Count()}");
    }
}
