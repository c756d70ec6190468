using System.Globalization;
using Slipway.Contracts.Deployments;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>A judgement of a canary, for a person: the score of every interval, and the metrics of the last.</summary>
internal static class CanaryShown
{
    private const int MostMetrics = 100;
    private const int MostIntervals = 50;

    public static StageShown Of(CheckCall call, int interval, CanaryJudgeResult result)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"score {result.Score.Score:0.##}, {result.Score.Classification}");
        var score = new StageStep
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"interval {interval}"),
            Status = result.Score.Classification == "Fail" ? StageStatus.Failed : StageStatus.Succeeded,
            FinishedAt = call.Now,
            Note = result.Score.ClassificationReason is { Length: > 0 } why ? $"{said}: {Told.Short(why)}" : said,
        };
        var before = (call.Run.Shown?.Steps ?? []).Where(step => step.Depth == 0).TakeLast(MostIntervals);
        return call.Show($"Interval {interval}: {said}") with { Steps = [.. before, score, .. Ordered(result).Take(MostMetrics).Select(Metric)] };
    }

    /// <summary>One line for each metric, those that are not good first.</summary>
    public static IReadOnlyList<string> Evidence(CanaryJudgeResult result) => [.. Ordered(result).Take(MostMetrics).Select(metric => $"{Told.Short(metric.Id)}: {Class(metric)}")];

    public static string Worst(CanaryJudgeResult result) => Ordered(result).FirstOrDefault(IsBad) is { } metric ? $"; {Told.Short(metric.Id)} is {metric.Classification}" : "";

    private static StageStep Metric(CanaryAnalysisResult metric) => new()
    {
        Name = Told.Short(metric.Id),
        Depth = 1,
        Status = IsBad(metric) ? StageStatus.Failed : StageStatus.Succeeded,
        Note = Class(metric),
    };

    private static string Class(CanaryAnalysisResult metric)
    {
        var ratio = metric.ResultMetadata.GetValueOrDefault("ratio", double.NaN);
        var times = double.IsFinite(ratio) ? string.Create(CultureInfo.InvariantCulture, $", {ratio:0.###} times the old") : "";
        return $"{metric.Classification}{times}{(metric.ClassificationReason is { Length: > 0 } why ? $" ({Told.Short(why)})" : "")}{(metric.Muted ? ", muted" : "")}";
    }

    private static IOrderedEnumerable<CanaryAnalysisResult> Ordered(CanaryJudgeResult result) => result.Results.OrderBy(metric => IsBad(metric) ? 0 : 1);

    private static bool IsBad(CanaryAnalysisResult metric) => metric.Classification is not ("Pass" or "Nodata");
}
