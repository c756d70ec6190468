using System.Text.Json;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Server.Api.Documentation;

/// <summary>Examples of what travels between Kayenta and its judge.</summary>
internal static class KayentaExamples
{
    public static bool IsKayentas(Type type) => type.Assembly == typeof(KayentaJson).Assembly;

    public static IEnumerable<object> Values() => [Request(), Result()];

    private static RemoteJudgeRequest Request() => new()
    {
        CanaryConfig = new()
        {
            Name = "checkout",
            Judge = new() { Name = "RemoteJudge-v1.0" },
            Metrics =
            [
                new()
                {
                    Name = "latency",
                    Groups = ["Latency"],
                    ScopeName = "default",
                    Query = new() { Type = "prometheus", CustomInlineTemplate = "PromQL:avg(latency_seconds{version=\"${scope}\"})" },
                    AnalysisConfigurations = JsonSerializer.Deserialize("""{"analysisConfigurations":{"canary":{"direction":"increase"}}}""", KayentaJson.Default.CanaryMetricConfig)!.AnalysisConfigurations,
                },
            ],
            Classifier = new() { GroupWeights = new Dictionary<string, double> { ["Latency"] = 100 } },
        },
        ScoreThresholds = new() { Pass = 95, Marginal = 75 },
        MetricSetPairList =
        [
            new()
            {
                Name = "latency",
                Id = "8f3c",
                Tags = new Dictionary<string, string>(),
                Values = new() { Control = [0.21, 0.2, double.NaN, 0.22, 0.19], Experiment = [0.41, 0.4, 0.39, 0.43, 0.42] },
                Scopes = new Dictionary<string, MetricSetScope> { ["control"] = Scope(), ["experiment"] = Scope() },
            },
        ],
    };

    private static MetricSetScope Scope() => new() { StartTimeIso = "2026-11-23T12:00:00Z", StartTimeMillis = 1_795_435_200_000, StepMillis = 60_000 };

    private static CanaryJudgeResult Result() => new()
    {
        JudgeName = "NetflixACAJudge-v1.0",
        Results =
        [
            new()
            {
                Name = "latency",
                Id = "8f3c",
                Tags = new Dictionary<string, string>(),
                Classification = "High",
                ClassificationReason = "latency was classified as High",
                Groups = ["Latency"],
                ExperimentMetadata = new() { Stats = new() { Count = 5, Mean = 0.41, Min = 0.39, Max = 0.43, Std = 0.016 } },
                ControlMetadata = new() { Stats = new() { Count = 4, Mean = 0.205, Min = 0.19, Max = 0.22, Std = 0.013 } },
                ResultMetadata = new Dictionary<string, double> { ["ratio"] = 2 },
            },
        ],
        GroupScores = [new() { Name = "Latency", Score = 0 }],
        Score = new() { Score = 0, Classification = "Fail", ClassificationReason = "" },
    };
}
