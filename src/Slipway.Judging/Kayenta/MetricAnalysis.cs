using System.Globalization;
using System.Text.Json;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta;

/// <summary>How a metric is judged: <c>analysisConfigurations.canary</c> of a canary config, with Kayenta's defaults for what it leaves out.</summary>
public sealed record MetricAnalysis
{
    /// <summary>Which change is bad.</summary>
    public Direction Direction { get; init; }

    /// <summary>What was not measured counts as 0; else it is left out.</summary>
    public bool NanIsZero { get; init; }

    /// <summary>Values far from all others are left out.</summary>
    public bool RemoveOutliers { get; init; }

    /// <summary>How far, in distances between the quartiles.</summary>
    public double OutlierFactor { get; init; }

    /// <summary>A bad change of this metric alone fails the canary.</summary>
    public bool Critical { get; init; }

    /// <summary>No values at all count as a bad change.</summary>
    public bool MustHaveData { get; init; }

    /// <summary>Judged and told, and left out of the score.</summary>
    public bool Muted { get; init; }

    /// <summary>The effect is how often the new version's values are above the old one's; else the ratio of the means.</summary>
    public bool EffectIsCommonLanguage { get; init; }

    /// <summary>Up to this effect, more is no bad change.</summary>
    public double AllowedIncrease { get; init; }

    /// <summary>Down to this effect, less is no bad change.</summary>
    public double AllowedDecrease { get; init; }

    /// <summary>From this effect on, more is critical.</summary>
    public double CriticalIncrease { get; init; }

    /// <summary>From this effect down, less is critical.</summary>
    public double CriticalDecrease { get; init; }

    /// <summary>The analysis of a metric.</summary>
    public static MetricAnalysis Of(CanaryMetricConfig metric)
    {
        var canary = metric.AnalysisConfigurations?.GetValueOrDefault("canary") ?? default;
        var (outliers, effect) = (Field(canary, "outliers"), Field(canary, "effectSize"));
        var commonLanguage = Text(effect, "measure") == "cles";
        var neutral = commonLanguage ? 0.5 : 1.0;
        return new()
        {
            Direction = Text(canary, "direction") switch { "increase" => Direction.Increase, "decrease" => Direction.Decrease, _ => Direction.Either },
            NanIsZero = Text(canary, "nanStrategy") == "replace",
            RemoveOutliers = Text(outliers, "strategy") == "remove",
            OutlierFactor = Number(outliers, "outlierFactor", 3.0),
            Critical = Truth(canary, "critical"),
            MustHaveData = Truth(canary, "mustHaveData"),
            Muted = Truth(canary, "muted"),
            EffectIsCommonLanguage = commonLanguage,
            AllowedIncrease = Number(effect, "allowedIncrease", neutral),
            AllowedDecrease = Number(effect, "allowedDecrease", neutral),
            CriticalIncrease = Number(effect, "criticalIncrease", neutral),
            CriticalDecrease = Number(effect, "criticalDecrease", neutral),
        };
    }

    private static JsonElement Field(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var field) ? field : default;

    private static string? Text(JsonElement owner, string name) =>
        Field(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool Truth(JsonElement owner, string name) =>
        Field(owner, name).ValueKind == JsonValueKind.True || Text(owner, name) == "true";

    private static double Number(JsonElement owner, string name, double otherwise) => Field(owner, name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => otherwise,
    };
}
