using Slipway.Judging.Kayenta.Statistics;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta;

/// <summary>Judges a canary: every pair of values by the classifier, and all of them by the config's groups and weights.</summary>
public static class CanaryJudge
{
    /// <summary>The answer of a remote judge of Kayenta.</summary>
    /// <exception cref="NotJudgeableException">The config and the values do not fit each other.</exception>
    public static CanaryJudgeResult Judge(CanaryConfig config, CanaryClassifierThresholdsConfig thresholds, IReadOnlyList<MetricSetPair> pairs, IMetricClassifier classifier)
    {
        var metrics = pairs.Select(pair => config.MetricOf(pair.Name)).ToList();
        var asked = pairs.Select((pair, i) => Asked(metrics[i], pair)).ToList();
        var found = classifier.Classify(asked);
        var judged = asked.Select((one, i) => Judged(metrics[i], one, found[i])).ToList();
        var score = WeightedSumScorer.Score(judged.Select(one => one.Counts), config.Classifier?.GroupWeights ?? new Dictionary<string, double>());
        return new()
        {
            JudgeName = classifier.JudgeName,
            Results = [.. judged.Select(one => one.Result)],
            GroupScores = [.. score.Groups.Select(group => new CanaryJudgeGroupScore { Name = group.Name, Score = group.Score })],
            Score = new() { Score = score.Score, Classification = Classify(score.Score, thresholds), ClassificationReason = score.Reason ?? "" },
        };
    }

    private static JudgedPair Asked(CanaryMetricConfig metric, MetricSetPair pair) => pair.Values is { Control: not null, Experiment: not null }
        ? new(metric.Name!, pair, MetricAnalysis.Of(metric))
        : throw new NotJudgeableException($"The values of {pair.Name} need a list control and a list experiment.");

    private static (CanaryAnalysisResult Result, ScoredMetric Counts) Judged(CanaryMetricConfig metric, JudgedPair one, MetricClassification found)
    {
        var (_, pair, analysis) = one;
        CanaryAnalysisResult result = new()
        {
            Name = metric.Name!,
            Id = pair.Id ?? metric.Name!,
            Tags = pair.Tags ?? new Dictionary<string, string>(),
            Classification = found.Class.ToString(),
            ClassificationReason = found.Reason,
            Groups = metric.Groups ?? [],
            ExperimentMetadata = new() { Stats = Samples.Describe(Cleaning.Clean(pair.Values!.Experiment!, analysis)) },
            ControlMetadata = new() { Stats = Samples.Describe(Cleaning.Clean(pair.Values.Control!, analysis)) },
            ResultMetadata = new Dictionary<string, double>(found.Evidence) { ["ratio"] = found.Ratio },
            Critical = found.Critical,
            Muted = analysis.Muted,
        };
        return (result, new(found.Class, found.Reason, found.Critical, analysis.Muted, result.Groups));
    }

    private static string Classify(double score, CanaryClassifierThresholdsConfig thresholds) =>
        score >= thresholds.Pass ? "Pass" : score >= thresholds.Marginal ? "Marginal" : "Fail";
}
