using System.Text;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Prometheus;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class PrometheusAnswerTests
{
    private const string WithGap = """
        {"status":"success","data":{"resultType":"matrix","result":[
          {"metric":{"__name__":"latency","zone":"a"},"values":[[1000,"1"],[1060,"2.5"],[1180,"+Inf"],[1240,"NaN"]]},
          {"metric":{"zone":"b"},"values":[[1060.5,"-Inf"]]}]}}
        """;

    private static readonly CanaryScope Scope = new()
    {
        Scope = "x",
        Start = DateTimeOffset.FromUnixTimeSeconds(1000),
        End = DateTimeOffset.FromUnixTimeSeconds(1300),
        Step = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public void Kayenta_moves_values_up_and_takes_the_step_from_the_first_two()
    {
        var sets = Read(WithGap, Gaps.Closed);
        Assert.Equal([1, 2.5, double.PositiveInfinity, double.NaN], sets[0].Values);
        Assert.Equal((1_000_000, 60_000, 1_240_000), (sets[0].StartTimeMillis, sets[0].StepMillis, sets[0].EndTimeMillis));
        Assert.Equal([new("zone", "a")], sets[0].Tags);
        Assert.Equal((1_060_500, 0, 1_060_500), (sets[1].StartTimeMillis, sets[1].StepMillis, sets[1].EndTimeMillis));
    }

    [Fact]
    public void With_gaps_kept_every_value_is_at_its_time()
    {
        var sets = Read(WithGap, Gaps.Kept);
        Assert.Equal([1, 2.5, double.NaN, double.PositiveInfinity, double.NaN, double.NaN], sets[0].Values);
        Assert.Equal([double.NaN, double.NegativeInfinity, double.NaN, double.NaN, double.NaN, double.NaN], sets[1].Values);
    }

    [Fact]
    public void Nothing_is_one_series_without_values_and_the_mixer_fills_it()
    {
        var empty = Assert.Single(Read("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", Gaps.Closed));
        Assert.Empty(empty.Values);
        Assert.Equal(5, Assert.Single(MetricSetMixer.Mix(["m"], [empty], [empty])).Values!.Control!.Count);
    }

    [Theory]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error: unexpected end"}""", "unexpected end")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "something else")]
    [InlineData("""{"hello":1}""", "is not Prometheus")]
    [InlineData("<html>", "is not Prometheus")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"x"]]}]}}""", "is not Prometheus")]
    public void What_is_no_answer_says_so(string json, string why) =>
        Assert.Contains(why, Assert.Throws<NotJudgeableException>(() => Read(json, Gaps.Closed)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<MetricSet> Read(string json, Gaps gaps) => PrometheusAnswer.Read(Encoding.UTF8.GetBytes(json), "m", Scope, gaps);
}
