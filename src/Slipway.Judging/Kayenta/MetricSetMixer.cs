using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta;

/// <summary>Brings the series of both sides together: those of the same metric with the same tags are a pair.</summary>
public static class MetricSetMixer
{
    /// <summary>More values of one series are not padded: no metric source answers as many.</summary>
    public const int MostValues = 100_000;

    /// <summary>The pairs of these metrics, in their order.</summary>
    /// <exception cref="NotJudgeableException">The sides do not fit each other.</exception>
    public static IReadOnlyList<MetricSetPair> Mix(IEnumerable<string> metrics, IReadOnlyList<MetricSet> control, IReadOnlyList<MetricSet> experiment) =>
        [.. metrics.SelectMany(metric => MixMetric(metric, Of(metric, control, "control"), Of(metric, experiment, "experiment")))];

    private static List<MetricSet> Of(string metric, IEnumerable<MetricSet> sets, string side)
    {
        List<MetricSet> own = [.. sets.Where(set => set.Name == metric)];
        return own.Count > 0 ? own : throw new NotJudgeableException($"There is nothing of the metric {metric} for {side}.");
    }

    private static IEnumerable<MetricSetPair> MixMetric(string metric, List<MetricSet> control, List<MetricSet> experiment)
    {
        (control, experiment) = (WithoutPlaceholder(control, experiment), WithoutPlaceholder(experiment, control));
        RefuseOtherKeys(metric, control.Concat(experiment));
        var tags = control.Concat(experiment).Select(set => set.Tags).DistinctBy(Key);
        return tags.Select(tag => MixOne(metric, Find(control, tag) ?? Missing(Find(experiment, tag)!), Find(experiment, tag) ?? Missing(Find(control, tag)!)));
    }

    /// <summary>A source that has nothing to tell answers one series without tags; it stands for all that the other side has.</summary>
    private static List<MetricSet> WithoutPlaceholder(List<MetricSet> own, List<MetricSet> other) =>
        own is [{ Tags.Count: 0 } placeholder] && other.Any(set => set.Tags.Count > 0) ? [.. other.Select(set => placeholder with { Tags = set.Tags, Values = [] })] : own;

    private static void RefuseOtherKeys(string metric, IEnumerable<MetricSet> sets)
    {
        var keys = sets.Select(set => string.Join(", ", set.Tags.Keys.Order(StringComparer.Ordinal))).Distinct().ToList();
        if (keys.Count > 1)
            throw new NotJudgeableException($"The series of the metric {metric} have different tag keys: {string.Join(" and ", keys.Select(key => $"[{key}]"))}.");
    }

    private static MetricSet? Find(IEnumerable<MetricSet> sets, IReadOnlyDictionary<string, string> tags) => sets.FirstOrDefault(set => Key(set.Tags) == Key(tags));

    private static MetricSet Missing(MetricSet other) => other with { Values = [] };

    private static MetricSetPair MixOne(string metric, MetricSet control, MetricSet experiment) => new()
    {
        Name = metric,
        Id = $"{metric}{(control.Tags.Count == 0 ? "" : " " + Key(control.Tags))}",
        Tags = control.Tags,
        Values = new() { Control = Padded(control), Experiment = Padded(experiment) },
        Scopes = new Dictionary<string, MetricSetScope> { ["control"] = Scope(control), ["experiment"] = Scope(experiment) },
    };

    private static IReadOnlyList<double> Padded(MetricSet set) =>
        set.Values.Count >= set.Expected ? set.Values : [.. set.Values, .. Enumerable.Repeat(double.NaN, set.Expected - set.Values.Count)];

    private static MetricSetScope Scope(MetricSet set) => new()
    {
        StartTimeIso = DateTimeOffset.FromUnixTimeMilliseconds(set.StartTimeMillis).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", System.Globalization.CultureInfo.InvariantCulture),
        StartTimeMillis = set.StartTimeMillis,
        StepMillis = set.StepMillis,
    };

    private static string Key(IReadOnlyDictionary<string, string> tags) =>
        string.Join(", ", tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
