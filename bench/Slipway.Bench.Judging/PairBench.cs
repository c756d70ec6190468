using Slipway.Bench.Judging.Generators;
using Slipway.Judging;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Pairs;

namespace Slipway.Bench.Judging;

/// <summary>Plain pairs: sets of five metrics, one look.</summary>
internal sealed class PairBench(Report report, double effort, int cores)
{
    private static readonly SlipwayPairJudge judge = new();
    private static readonly MetricAnalysis analysis = new() { AllowedIncrease = 1.05, AllowedDecrease = 0.95 };

    public void Run()
    {
        report.Title("Plain pairs: sets of five metrics, no past, one look",
            "None: healthy sets that were failed. The others: share found, one metric of five ill (but for the last). In brackets: Kayenta's judge, any metric.");
        var faults = Enum.GetValues<PairFault>();
        report.Head([.. faults.Select(fault => $"{fault}").Prepend("noise").Prepend("points")]);
        foreach (var points in new[] { 31, 60 })
            foreach (var kind in Enum.GetValues<PairNoise>())
                report.Row([.. faults.Select(fault => Cell(points, kind, fault)).Prepend($"{kind}").Prepend($"{points}")]);
    }

    private string Cell(int points, PairNoise kind, PairFault fault)
    {
        var runs = Math.Max(20, (int)((fault == PairFault.None ? 800 : 100) * effort));
        int Count(int count, Func<MetricPair[], bool> fails) => Enumerable.Range(0, count).AsParallel().WithDegreeOfParallelism(cores)
            .Count(k => fails(Pairs.Make(kind, fault, points, (ulong)(300_000 + k))));
        var few = Math.Min(runs, 100);
        var ours = Count(runs, Fails);
        return fault == PairFault.None
            ? FormattableString.Invariant($"{100.0 * ours / runs:0.0} % ({100.0 * Count(few, KayentaFails) / few:0.0})")
            : $"{Report.Share(ours, runs)} ({100.0 * Count(few, KayentaFails) / few:0})";
    }

    private static bool KayentaFails(MetricPair[] pairs) => pairs.Any(pair =>
        KayentaClassifier.Classify("", new() { Name = "", Values = new() { Control = [.. pair.Control], Experiment = [.. pair.Experiment] } },
            analysis with { Direction = pair.Direction }).Class is MetricClass.High or MetricClass.Low);

    private static bool Fails(MetricPair[] pairs) =>
        judge.Judge(pairs).Any(verdict => verdict.Classification is PairClassification.High or PairClassification.Low);
}
