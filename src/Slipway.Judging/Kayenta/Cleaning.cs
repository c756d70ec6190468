using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Kayenta;

/// <summary>What becomes of values before they are compared. Each side by itself: first what was not measured, then outliers.</summary>
internal static class Cleaning
{
    public static IReadOnlyList<double> Clean(IReadOnlyList<double> values, MetricAnalysis analysis)
    {
        var clean = analysis.NanIsZero ? ReplaceNaN(values, 0) : RemoveNaN(values);
        return analysis.RemoveOutliers ? Outliers.Remove(clean, Outliers.ByQuartiles(clean, analysis.OutlierFactor, careful: true)) : clean;
    }

    public static IReadOnlyList<double> RemoveNaN(IReadOnlyList<double> values) => [.. values.Where(value => !double.IsNaN(value))];

    public static IReadOnlyList<double> ReplaceNaN(IReadOnlyList<double> values, double by) => [.. values.Select(value => double.IsNaN(value) ? by : value)];
}
