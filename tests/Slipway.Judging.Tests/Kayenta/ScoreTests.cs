using Slipway.Judging.Kayenta;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class ScoreTests
{
    public static TheoryData<string> ScorerIds => Vectors.Ids("scorer");

    public static TheoryData<string> StageIds => Vectors.Ids("stageThresholds");

    public static TheoryData<string> StandaloneIds => Vectors.Ids("standaloneThresholds");

    [Theory]
    [MemberData(nameof(ScorerIds))]
    public void The_score_of_all_metrics_is_Kayentas(string id)
    {
        var one = Vectors.Get("scorer", id);
        var weights = one.GetProperty("groupWeights").EnumerateObject().ToDictionary(weight => weight.Name, weight => weight.Value.GetDouble());
        var metrics = one.GetProperty("metrics").EnumerateArray().Select(metric => new ScoredMetric(
            Enum.Parse<MetricClass>(metric.Text("classification")), null, metric.GetProperty("critical").GetBoolean(), false, [.. metric.GetProperty("groups").EnumerateArray().Select(group => group.GetString()!)]));

        var score = WeightedSumScorer.Score(metrics, weights);

        var observed = one.GetProperty("observed");
        Assert.Equal(one.GetProperty("expected").Number("summaryScore"), score.Score);
        Assert.Equal(observed.Text("reason"), score.Reason);
        Assert.Equal(
            observed.GetProperty("groupScores").EnumerateArray().Select(group => (group.Text("name"), group.Number("score"), group.GetProperty("noData").GetBoolean())),
            score.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => (group.Name, group.Score, group.NoData)));
    }

    [Theory]
    [MemberData(nameof(StageIds))]
    public void A_stage_of_Spinnaker_goes_on_or_ends(string id)
    {
        var one = Vectors.Get("stageThresholds", id);
        Assert.Equal(one.GetProperty("expected").Text("stageStatus") == "SUCCEEDED", Thresholds(one.GetProperty("thresholds")).Succeeds(one.Numbers("intervalScores")));
    }

    [Theory]
    [MemberData(nameof(StandaloneIds))]
    public void A_canary_without_Spinnaker_passes_or_not(string id)
    {
        var one = Vectors.Get("standaloneThresholds", id);
        Assert.Equal(one.GetProperty("expected").GetProperty("didPassThresholds").GetBoolean(), Thresholds(one.GetProperty("thresholds")).Succeeds([one.Number("finalScore")]));
    }

    [Theory]
    [InlineData(50, false, true)]
    [InlineData(50.9, false, true)]
    [InlineData(51, false, false)]
    [InlineData(51, true, true)]
    [InlineData(74.99, true, true)]
    [InlineData(75, true, false)]
    public void The_stages_own_thresholds_are_whole_numbers_and_marginal_is_too_low(double score, bool last, bool stops) =>
        Assert.Equal(stops, StageThresholds.Default.StopsAt(score, last));

    [Fact]
    public void Nothing_of_the_published_cases_is_left_out()
    {
        string[] sections = ["mannWhitney", "classifier", "scorer", "detector", "transform", "statistics", "stageThresholds", "standaloneThresholds", "mixer"];
        Assert.Equal(131, sections.Sum(Vectors.Count));
    }

    private static StageThresholds Thresholds(System.Text.Json.JsonElement thresholds) =>
        new(thresholds.Has("marginal", out var marginal) ? marginal.Number() : null, thresholds.Has("pass", out var pass) ? pass.Number() : null);
}
