using Slipway.Bench.Judging.Generators;
using Slipway.Judging;

namespace Slipway.Bench.Judging;

/// <summary>Looks at a deployment as a server would: again and again, until it is failed or over.</summary>
internal static class Watcher
{
    private const int EverySteps = 3;

    public static Outcome Watch(Fleet fleet)
    {
        var judge = new Judge();
        var scenario = fleet.Scenario;
        double? passed = null;
        var last = Verdict.Inconclusive;
        for (var steps = scenario.FirstChange + EverySteps; steps <= scenario.Steps; steps += EverySteps)
        {
            var judgement = judge.Look(fleet.Comparison(steps), draw: false);
            last = judgement.Verdict;
            var minutes = (steps - scenario.FirstChange) * scenario.StepSeconds / 60;
            if (last == Verdict.Fail) return new(minutes, $"{judgement.Metrics[0].Metric}/{judgement.Metrics[0].Sign}", last, passed);
            if (last == Verdict.Pass) passed ??= minutes;
        }
        return new(null, null, last, passed);
    }
}
