using System.Text.Json;
using Slipway.Judging;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Wire;
using Slipway.Server.Api;

namespace Slipway.Server.Checks.Kayenta;

/// <summary>What may be wrong with what Kayenta asks, and who answers it. Pure.</summary>
internal static class JudgeRules
{
    /// <summary>A hundred metrics of a day by the minute fit in.</summary>
    public const int LargestBody = 8 * 1024 * 1024;

    public const int MostPairs = 1000;

    /// <summary>All values of a request: they are compared while somebody waits.</summary>
    public const int MostPoints = 400_000;

    public static Refusal TooLarge { get; } = new("too_large", StatusCodes.Status413PayloadTooLarge, $"The body is larger than {LargestBody / 1024 / 1024} MB. Use a longer step or a shorter time.");

    public static Refusal Nothing { get; } = Refusal.Invalid("canaryConfig", "The request needs canaryConfig, scoreThresholds and metricSetPairList.");

    public static Refusal? Refuse(RemoteJudgeRequest request)
    {
        if (request.CanaryConfig is not { } config || request.ScoreThresholds is not { } thresholds || request.MetricSetPairList is not { } pairs)
            return Nothing;

        if (!double.IsFinite(thresholds.Pass) || !double.IsFinite(thresholds.Marginal))
            return Refusal.Invalid("scoreThresholds", "pass and marginal are numbers.");

        if (config.Classifier?.GroupWeights?.Values.All(double.IsFinite) == false)
            return Refusal.Invalid("canaryConfig.classifier.groupWeights", "Weights are numbers.");

        if (config.Metrics is { } metrics && (metrics.Count > MostPairs || metrics.Any(metric => metric?.Name is null || metric.Groups?.Contains(null!) == true)))
            return Refusal.Invalid("canaryConfig.metrics", $"There are at most {MostPairs} metrics, and each has a name.");

        if (pairs.Count > MostPairs || pairs.Any(pair => pair is null))
            return Refusal.Invalid("metricSetPairList", $"There are at most {MostPairs} pairs, and none is null.");

        return pairs.Sum(pair => (long)(pair.Values?.Control?.Count ?? 0) + (pair.Values?.Experiment?.Count ?? 0)) > MostPoints
            ? Refusal.Invalid("metricSetPairList", $"There are at most {MostPoints} values in all. Use a longer step or a shorter time.")
            : null;
    }

    /// <summary>Kayenta adds its own path to the judge's address, so there the canary config is the only place for a mode.</summary>
    public static Outcome<IMetricClassifier> Classifier(string? mode, CanaryConfig config, IPairJudge own)
    {
        var configured = config.Judge?.JudgeConfigurations?.GetValueOrDefault("mode") ?? default;
        return (mode ?? (configured.ValueKind == JsonValueKind.String ? configured.GetString() : "kayenta")) switch
        {
            "kayenta" => new KayentaClassifier(),
            "slipway" => new PairJudgeClassifier(own),
            _ => Refusal.Invalid("mode", "The mode is kayenta or slipway."),
        };
    }
}
