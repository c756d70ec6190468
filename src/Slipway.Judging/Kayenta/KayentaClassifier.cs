using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta;

/// <summary>As Kayenta's own judge judges.</summary>
public sealed class KayentaClassifier : IMetricClassifier
{
    /// <inheritdoc/>
    public string JudgeName => "NetflixACAJudge-v1.0";

    /// <inheritdoc/>
    public IReadOnlyList<MetricClassification> Classify(IReadOnlyList<JudgedPair> pairs) => [.. pairs.Select(one => Classify(one.Name, one.Pair, one.Analysis))];

    /// <summary>Judges one metric: with Kayenta none knows of the others.</summary>
    public static MetricClassification Classify(string name, MetricSetPair pair, MetricAnalysis analysis) =>
        MannWhitneyClassifier.Fixed.Classify(name, Cleaning.Clean(pair.Values!.Control!, analysis), Cleaning.Clean(pair.Values.Experiment!, analysis), analysis);
}
