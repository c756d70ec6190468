using Slipway.Bench.Judging.Generators;
using Slipway.Judging;
using Slipway.Judging.Kayenta;

namespace Slipway.Bench.Judging;

/// <summary>
/// Kayenta's judge on the same series, with what is best for it: each instance divided by its own past, both groups' means per step, at least 50 points,
/// several intervals, and any metric that is classified as worse fails the deployment.
/// </summary>
internal static class KayentaWatcher
{
    private static readonly int[] looksAt = [50, 90, 180, 360];

    public static Outcome Watch(Fleet fleet)
    {
        var scenario = fleet.Scenario;
        var comparison = fleet.Comparison(scenario.Steps);
        var after = scenario.Steps - scenario.FirstChange;
        foreach (var points in looksAt.Where(points => points < after).Append(after).Distinct())
        {
            foreach (var metric in comparison.Metrics)
                if (Worse(metric, scenario, points)) return new(points * scenario.StepSeconds / 60, metric.Name, Verdict.Fail, null);
        }
        return new(null, null, Verdict.Pass, null);
    }

    private static bool Worse(Metric metric, Scenario scenario, int points)
    {
        var warm = (int)(60 / scenario.StepSeconds);
        var end = scenario.FirstChange + points;
        bool Changed(int i, int t) => scenario.ChangedAt(i) is { } at && t >= at + warm;
        bool Unchanged(int i, int t) => !(scenario.ChangedAt(i) <= t);
        var experiment = Series(metric, scenario, Changed, end);
        var control = Series(metric, scenario, Unchanged, end);
        var found = KayentaClassifier.Classify(metric.Name, new() { Name = metric.Name, Values = new() { Control = control, Experiment = experiment } },
            new() { Direction = metric.Direction, AllowedIncrease = 1.05, AllowedDecrease = 0.95 });
        return found.Class is MetricClass.High or MetricClass.Low;
    }

    private static double[] Series(Metric metric, Scenario scenario, Func<int, int, bool> member, int end)
    {
        var count = metric.Values.Count;
        var usual = new double[count];
        for (var i = 0; i < count; i++) usual[i] = metric.Exposure is null && metric.Kind != MetricKind.Count ? Past(metric.Values[i], scenario) : 1;
        var series = new double[end - scenario.FirstChange];
        for (var t = 0; t < series.Length; t++)
        {
            double sum = 0, of = 0;
            for (var i = 0; i < count; i++)
            {
                var value = metric.Values[i][scenario.FirstChange + t];
                if (!member(i, scenario.FirstChange + t) || double.IsNaN(value)) continue;
                sum += value / usual[i];
                of += metric.Exposure?[i][scenario.FirstChange + t] ?? 1;
            }
            series[t] = of > 0 ? sum / of * 100 : double.NaN;
        }
        return series;
    }

    private static double Past(double[] row, Scenario scenario)
    {
        var past = row[..scenario.FirstChange].Where(value => !double.IsNaN(value)).DefaultIfEmpty(1).Average();
        return past > 0 ? past : 1;
    }
}
