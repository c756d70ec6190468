using System.Globalization;

namespace Slipway.Judging.Kayenta;

/// <summary>Makes one score of all metrics: what part of each group passed, weighted by group.</summary>
internal static class WeightedSumScorer
{
    public static SummaryScore Score(IEnumerable<ScoredMetric> all, IReadOnlyDictionary<string, double> weights)
    {
        ScoredMetric[] metrics = [.. all.Where(metric => !metric.Muted)];
        GroupScore[] groups = [.. metrics.SelectMany(metric => metric.Groups.Distinct().Select(name => (Name: name, Metric: metric))).GroupBy(one => one.Name, one => one.Metric).Select(ScoreGroup)];
        if (metrics.FirstOrDefault(metric => metric.Critical && metric.Class != MetricClass.Pass) is { } critical)
            return new(0, $"Canary Failed: {critical.Reason ?? "null"}", groups);

        if (metrics.Length > 0 && metrics.Count(metric => metric.Class == MetricClass.Nodata) * 2 >= metrics.Length)
            return new(0, "Canary Failed: 50% or more metrics returned NODATA", groups);

        return new(Round(Sum(groups, weights)), null, groups);
    }

    private static GroupScore ScoreGroup(IGrouping<string, ScoredMetric> metrics)
    {
        int passed = 0, counted = 0;
        foreach (var metric in metrics)
        {
            passed += metric.Class == MetricClass.Pass ? 1 : 0;
            counted += metric.Class is MetricClass.Nodata or MetricClass.Error ? 0 : 1;
        }

        return counted == 0 ? new(metrics.Key, 0, NoData: true) : new(metrics.Key, (double)passed / counted * 100, NoData: false);
    }

    /// <summary>A group of which nothing counts must not pull the score down: it enters as 100.</summary>
    private static double Sum(GroupScore[] groups, IReadOnlyDictionary<string, double> weights)
    {
        var unweighted = groups.Count(group => !weights.ContainsKey(group.Name));
        var rest = unweighted == 0 ? 0 : (100 - weights.Values.Sum()) / unweighted;
        return groups.Sum(group => (group.NoData ? 100 : group.Score) * weights.GetValueOrDefault(group.Name, rest) / 100);
    }

    /// <summary>Half up, of the number as it is written: 66.665 becomes 66.67 though its double lies below.</summary>
    private static double Round(double score) =>
        Math.Abs(score) < 1e15 && decimal.TryParse(score.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var written)
            ? (double)Math.Round(written, 2, MidpointRounding.AwayFromZero)
            : score;
}
