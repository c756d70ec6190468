using System.Text.Json;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class CanaryJudgeTests
{
    private const string Config = """
        {
          "createdTimestampIso": "2026-01-01T00:00:00Z", "name": "shop", "configVersion": "1", "applications": ["shop"],
          "judge": { "name": "NetflixACAJudge-v1.0", "judgeConfigurations": {} },
          "metrics": [
            { "name": "errors", "query": { "type": "prometheus", "serviceType": "prometheus", "metricName": "errors_total" }, "groups": ["Errors"], "scopeName": "default",
              "analysisConfigurations": { "canary": { "direction": "increase", "nanStrategy": "replace", "critical": true, "effectSize": { "allowedIncrease": 1.1, "criticalIncrease": 5 }, "outliers": { "strategy": "remove" } } } },
            { "name": "latency", "query": { "type": "prometheus" }, "groups": ["Latency", "All"], "scopeName": "default",
              "analysisConfigurations": { "canary": { "direction": "either" } } },
            { "name": "heat", "groups": ["Heat"], "analysisConfigurations": { "canary": { "muted": true } } }
          ],
          "templates": { "t": "a=${scope}" },
          "classifier": { "groupWeights": { "Errors": 60.0, "Latency": 30 } }
        }
        """;

    private static readonly double[] Low = [.. Enumerable.Range(0, 30).Select(i => 10 + (i % 7 * 0.1))];
    private static readonly double[] High = [.. Low.Select(value => value * 2)];

    [Fact]
    public void A_stored_config_says_how_each_metric_is_judged_with_Kayentas_defaults()
    {
        var config = Read();
        var errors = MetricAnalysis.Of(config.MetricOf("errors"));
        Assert.Equal(new() { Direction = Direction.Increase, NanIsZero = true, RemoveOutliers = true, OutlierFactor = 3, Critical = true, AllowedIncrease = 1.1, AllowedDecrease = 1, CriticalIncrease = 5, CriticalDecrease = 1 }, errors);
        Assert.Equal(new() { Direction = Direction.Either, OutlierFactor = 3, AllowedIncrease = 1, AllowedDecrease = 1, CriticalIncrease = 1, CriticalDecrease = 1 }, MetricAnalysis.Of(config.MetricOf("latency")));
        Assert.True(MetricAnalysis.Of(config.MetricOf("heat")).Muted);
        Assert.Equal(("errors_total", "a=${scope}"), (config.MetricOf("errors").Query!.MetricName, config.Templates!["t"]));
    }

    [Fact]
    public void The_effect_by_common_language_has_a_middle_of_its_own()
    {
        var metric = JsonSerializer.Deserialize("""{"metrics":[{"name":"m","analysisConfigurations":{"canary":{"direction":"sideways","nanStrategy":"?","effectSize":{"measure":"cles","allowedIncrease":"0.8"}}}}]}""", KayentaJson.Default.CanaryConfig)!.Metrics![0];
        var analysis = MetricAnalysis.Of(metric);
        Assert.Equal((true, 0.8, 0.5, 0.5, Direction.Either), (analysis.EffectIsCommonLanguage, analysis.AllowedIncrease, analysis.AllowedDecrease, analysis.CriticalIncrease, analysis.Direction));
    }

    [Fact]
    public void Groups_without_a_weight_share_what_is_left_and_muted_metrics_count_nowhere()
    {
        var result = Judge(("errors", Low, Low), ("latency", Low, High), ("heat", Low, High));
        Assert.Equal(["Pass", "High", "High"], result.Results.Select(one => one.Classification));
        Assert.Equal([false, false, true], result.Results.Select(one => one.Muted));
        Assert.Equal([("Errors", 100), ("Latency", 0), ("All", 0)], result.GroupScores.Select(group => (group.Name, group.Score)));
        Assert.Equal((60, "Marginal", ""), (result.Score.Score, result.Score.Classification, result.Score.ClassificationReason));
    }

    [Theory]
    [InlineData(2, 60, "Marginal", "")]
    [InlineData(6, 0, "Fail", "Canary Failed: The metric errors was classified as High (Critical)")]
    public void A_critical_metric_fails_the_canary_only_beyond_its_critical_effect(int times, double score, string classification, string reason)
    {
        var config = Read();
        var metrics = config.Metrics!.Select(metric => metric with { Groups = metric.Name == "errors" ? ["Latency"] : ["Errors"] }).ToList();
        var result = CanaryJudge.Judge(config with { Metrics = metrics }, new() { Pass = 75, Marginal = 50 }, [Pair("errors", Low, [.. Low.Select(value => value * times)]), Pair("latency", Low, Low)], new KayentaClassifier());
        Assert.Equal((score, classification, reason), (result.Score.Score, result.Score.Classification, result.Score.ClassificationReason));
    }

    [Fact]
    public void Values_are_cleaned_before_they_are_compared_and_the_answer_tells_of_the_clean_ones()
    {
        var result = Judge(("errors", [double.NaN, 1, 1, 1], [1, 1, 1, double.NaN]), ("latency", [double.NaN, 4], [2, double.NaN]));
        Assert.Equal((4, 0.75, 0, 1, 0.5), Stats(result.Results[0].ControlMetadata));
        Assert.Equal((1, 4, 4, 4, 0), Stats(result.Results[1].ControlMetadata));
        Assert.Equal("The canary and baseline data are identical", result.Results[0].ClassificationReason);
    }

    [Fact]
    public void When_half_of_the_metrics_have_no_data_the_canary_fails()
    {
        var result = Judge(("errors", Low, Low), ("latency", [], [double.NaN]));
        Assert.Equal((0, "Fail", "Canary Failed: 50% or more metrics returned NODATA"), (result.Score.Score, result.Score.Classification, result.Score.ClassificationReason));
        Assert.Equal(("Nodata", "Missing data for latency"), (result.Results[1].Classification, result.Results[1].ClassificationReason));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void Extreme_values_end_in_an_answer(double value)
    {
        foreach (var experiment in (double[][])[[value, 1, 2], [value, value], [value, -value, 0], [value]])
            Assert.Contains(Judge(("latency", Low, experiment)).Results[0].Classification, (string[])["Error", "High", "Low", "Pass"]);
    }

    [Fact]
    public void What_the_config_does_not_know_can_not_be_judged() =>
        Assert.Contains("no metric named unknown", Assert.Throws<NotJudgeableException>(() => Judge(("unknown", Low, Low))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_values_have_always_the_same_answer()
    {
        string Text() => JsonSerializer.Serialize(Judge(("latency", [1, 1, 1], [1.00001, 1.00001])), KayentaJson.Default.CanaryJudgeResult);
        Assert.Equal(Text(), Text());
    }

    [Fact]
    public void Our_own_judge_gets_the_values_with_their_gaps_and_what_it_finds_worse_fails_the_canary()
    {
        var judge = new FakeJudge(PairClassification.High);
        var pair = Pair("errors", [1, double.NaN], [double.NaN, 3]) with { Scopes = new Dictionary<string, MetricSetScope> { ["experiment"] = new() { StepMillis = 60_000 } } };
        var result = CanaryJudge.Judge(Read(), new() { Pass = 75, Marginal = 50 }, [pair, Pair("latency", [1, double.NaN], [2, 2])], new PairJudgeClassifier(judge));
        Assert.Equal([1, 0], judge.Seen[0].Control);
        Assert.Equal([0, 3], judge.Seen[0].Experiment);
        Assert.Equal((TimeSpan.FromMinutes(1), Direction.Increase), (judge.Seen[0].Step, judge.Seen[0].Direction));
        Assert.Equal([1, double.NaN], judge.Seen[1].Control);
        Assert.Equal(("fake", "Canary Failed: because", true, true), (result.JudgeName, result.Score.ClassificationReason, result.Results[0].Critical, result.Results[1].Critical));
        Assert.Equal((0.5, 3.0), (result.Results[0].ResultMetadata["probability"], result.Results[0].ResultMetadata["ratio"]));
    }

    private static (int, double, double, double, double) Stats(SideMetadata side) => (side.Stats.Count, side.Stats.Mean, side.Stats.Min, side.Stats.Max, side.Stats.Std);

    private static CanaryConfig Read() => JsonSerializer.Deserialize(Config, KayentaJson.Default.CanaryConfig)!;

    private static MetricSetPair Pair(string name, double[] control, double[] experiment) => new() { Name = name, Id = name, Values = new() { Control = control, Experiment = experiment } };

    private static CanaryJudgeResult Judge(params (string Name, double[] Control, double[] Experiment)[] pairs) =>
        CanaryJudge.Judge(Read(), new() { Pass = 75, Marginal = 50 }, [.. pairs.Select(pair => Pair(pair.Name, pair.Control, pair.Experiment))], new KayentaClassifier());

    private sealed class FakeJudge(PairClassification answer) : IPairJudge
    {
        public List<MetricPair> Seen { get; } = [];

        public string Name => "fake";

        public IReadOnlyList<PairVerdict> Judge(IReadOnlyList<MetricPair> pairs)
        {
            Seen.AddRange(pairs);
            return [.. pairs.Select(_ => new PairVerdict(answer, "because", new Dictionary<string, double> { ["probability"] = 0.5 }))];
        }
    }
}
