using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Kayenta;

/// <summary>
/// As one of Slipway's own judges judges. A metric that it finds worse fails the canary whatever its weight: its chance of doing that to a healthy one is small for all
/// metrics together, and a score would hide one bad metric among five. Whether data must be there, and what is muted, is the canary config's to say, as with Kayenta.
/// </summary>
public sealed class PairJudgeClassifier(IPairJudge judge) : IMetricClassifier
{
    /// <inheritdoc/>
    public string JudgeName => judge.Name;

    /// <inheritdoc/>
    public IReadOnlyList<MetricClassification> Classify(IReadOnlyList<JudgedPair> pairs)
    {
        var found = new MetricClassification[pairs.Count];

        // What does not count must not tip what does.
        foreach (var muted in (bool[])[false, true])
        {
            int[] places = [.. Enumerable.Range(0, pairs.Count).Where(place => pairs[place].Analysis.Muted == muted)];
            MetricPair[] plain = [.. places.Select(place => Plain(pairs[place]))];
            var verdicts = judge.Judge(plain);
            for (var i = 0; i < places.Length; i++)
                found[places[i]] = Classified(pairs[places[i]].Analysis, plain[i], verdicts[i]);
        }

        return found;
    }

    private static MetricPair Plain(JudgedPair one)
    {
        var values = one.Pair.Values!;
        var step = TimeSpan.FromMilliseconds(one.Pair.Scopes?.GetValueOrDefault("experiment")?.StepMillis ?? 0);
        return new(Values(values.Control!, one.Analysis), Values(values.Experiment!, one.Analysis), step, one.Analysis.Direction);
    }

    private static MetricClassification Classified(MetricAnalysis analysis, MetricPair pair, PairVerdict verdict)
    {
        var found = verdict.Classification switch
        {
            PairClassification.High => MetricClass.High,
            PairClassification.Low => MetricClass.Low,
            PairClassification.NoData => analysis is { MustHaveData: true, Critical: false } ? MetricClass.NodataFailMetric : MetricClass.Nodata,
            _ => MetricClass.Pass,
        };
        var ratio = EffectSizes.MeanRatio(Cleaning.RemoveNaN(pair.Control), Cleaning.RemoveNaN(pair.Experiment));
        var fails = found is MetricClass.High or MetricClass.Low || (analysis.Critical && found != MetricClass.Pass);
        return new(found, verdict.Reason, ratio, fails) { Evidence = verdict.Evidence };
    }

    private static IReadOnlyList<double> Values(IReadOnlyList<double> values, MetricAnalysis analysis) =>
        analysis.NanIsZero ? Cleaning.ReplaceNaN(values, 0) : values;
}
