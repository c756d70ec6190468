namespace Slipway.Judging.Kayenta;

/// <summary>Judges metrics; what becomes of all of them together is <see cref="CanaryJudge"/>'s.</summary>
public interface IMetricClassifier
{
    /// <summary>The judge's name in the answer.</summary>
    string JudgeName { get; }

    /// <summary>Judges the metrics of one canary by their values as they came; the answers are in their order.</summary>
    IReadOnlyList<MetricClassification> Classify(IReadOnlyList<JudgedPair> pairs);
}
