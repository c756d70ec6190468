using System.Diagnostics;
using Slipway.Bench.Judging;
using Slipway.Bench.Judging.Generators;

// slipway-bench-judging [--quick] [--cores N] [--out FILE] [healthy|batches|faults|pairs|cost|holdout|second …]
var quick = args.Contains("--quick");
var cores = After("--cores") is { } number ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 2;
string[] sections = ["healthy", "batches", "faults", "pairs", "cost", "holdout", "second"];
var wanted = sections.Where(args.Contains).ToArray();
if (wanted.Length == 0) wanted = sections;

var watch = Stopwatch.StartNew();
var report = new Report();
var effort = quick ? 0.08 : 1;
var fleets = new FleetBench(report, effort, cores);
report.Line("# The judge, measured");
report.Line();
report.Line($"Made-up series from fixed seeds: the same run gives the same figures{(quick ? " (a quick run: too few for small shares)" : "")}. How the judge thinks: docs/judging.md.");
if (wanted.Contains("healthy")) fleets.Healthy();
if (wanted.Contains("batches")) fleets.Batches();
if (wanted.Contains("faults"))
{
    fleets.Faulty("Clear faults", Family.Clear);
    fleets.Faulty("Small faults", Family.Small);
}
if (wanted.Contains("pairs")) new PairBench(report, effort, cores).Run();
if (wanted.Contains("cost")) CostBench.Run(report, quick);
if (wanted.Contains("holdout")) HoldOut("The first hold-out", Worlds.FirstHoldOut);
if (wanted.Contains("second")) HoldOut("The second hold-out", Worlds.SecondHoldOut);
if (After("--out") is { } path) report.Save(path);
Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s");

void HoldOut(string title, Kind[] kinds)
{
    fleets.HoldOutHealthy(title, kinds);
    fleets.HoldOutFaulty(title, kinds);
}

string? After(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
