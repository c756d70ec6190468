using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Kayenta;

/// <summary>Compares nothing but the means. Kayenta has it beside its judge, which does not use it; it is here because Kayenta's published cases cover it.</summary>
internal static class MeanInequalityClassifier
{
    public static MetricClassification Classify(string name, IReadOnlyList<double> control, IReadOnlyList<double> experiment, Direction direction)
    {
        if (control.Count == 0 || experiment.Count == 0)
            return new(MetricClass.Nodata, $"Missing data for {name}", 1);

        var (old, fresh, ratio) = (Samples.Mean(control), Samples.Mean(experiment), EffectSizes.MeanRatio(control, experiment));
        if (fresh > old && direction != Direction.Decrease)
            return new(MetricClass.High, "The canary mean was greater than the baseline mean", ratio);

        return fresh < old && direction != Direction.Increase ? new(MetricClass.Low, "The canary mean was less than the baseline mean", ratio) : new(MetricClass.Pass, null, ratio);
    }
}
