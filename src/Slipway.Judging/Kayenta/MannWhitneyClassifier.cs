using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Kayenta;

/// <summary>Judges one metric as Kayenta's judge does: High or Low when the whole confidence interval of the shift lies beyond a band around none.</summary>
internal sealed class MannWhitneyClassifier(double tolerance, double confidence)
{
    private const double NoiseShare = 1e-5;

    /// <summary>What Kayenta's judge has fixed in its code.</summary>
    public static MannWhitneyClassifier Fixed { get; } = new(tolerance: 0.25, confidence: 0.98);

    /// <summary>Of values that were cleaned.</summary>
    public MetricClassification Classify(string name, IReadOnlyList<double> control, IReadOnlyList<double> experiment, MetricAnalysis analysis)
    {
        if (control.Count == 0 || experiment.Count == 0)
            return WithoutData(name, analysis);

        if (control.Order().SequenceEqual(experiment.Order()))
            return new(MetricClass.Pass, "The canary and baseline data are identical", 1);

        if (AreOne(control.Concat(experiment)))
            return new(MetricClass.Pass, null, 1);

        try
        {
            return AreOne(control) && AreOne(experiment) ? Compare(name, Noisy(control), Noisy(experiment), analysis) : Compare(name, control, experiment, analysis);
        }
        catch (ArithmeticException)
        {
            return new(MetricClass.Error, "Metric Classification Failed", 1);
        }
    }

    private static MetricClassification WithoutData(string name, MetricAnalysis analysis)
    {
        if (analysis.NanIsZero)
            return new(MetricClass.Pass, null, 1);

        var reason = $"Missing data for {name}";
        return analysis is { MustHaveData: true, Critical: false } ? new(MetricClass.NodataFailMetric, reason, 1) : new(MetricClass.Nodata, reason, 1, analysis.Critical);
    }

    private MetricClassification Compare(string name, IReadOnlyList<double> control, IReadOnlyList<double> experiment, MetricAnalysis analysis)
    {
        var shift = MannWhitney.Compare(experiment, control, confidence);
        var ratio = EffectSizes.MeanRatio(control, experiment);
        var effect = analysis.EffectIsCommonLanguage ? EffectSizes.CommonLanguage(control, experiment) : ratio;
        var found = Found(shift, effect, analysis);
        var critical = analysis.Critical && found switch
        {
            MetricClass.High => !(effect < analysis.CriticalIncrease),
            MetricClass.Low => !(effect > analysis.CriticalDecrease),
            _ => false,
        };
        var reason = found == MetricClass.Pass ? null : critical ? $"The metric {name} was classified as {found} (Critical)" : $"{name} was classified as {found}";
        return new(found, reason, ratio, critical);
    }

    /// <summary>An effect that is not a number stops nothing: only the shift counts then.</summary>
    private MetricClass Found(Shift shift, double effect, MetricAnalysis analysis)
    {
        var band = tolerance * Math.Abs(shift.Estimate);
        if (analysis.Direction != Direction.Decrease && shift.Low > band && !(effect < analysis.AllowedIncrease))
            return MetricClass.High;

        return analysis.Direction != Direction.Increase && shift.High < -band && !(effect > analysis.AllowedDecrease) ? MetricClass.Low : MetricClass.Pass;
    }

    private static bool AreOne(IEnumerable<double> values) => values.Distinct().Take(2).Count() == 1;

    private static IReadOnlyList<double> Noisy(IReadOnlyList<double> values) => Spread.Normally(values, 0, values[0] * NoiseShare);
}
