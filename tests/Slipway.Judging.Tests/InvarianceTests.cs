using System.Text.Json;

namespace Slipway.Judging.Tests;

/// <summary>What must not matter does not.</summary>
public sealed class InvarianceTests
{
    private static Comparison Some => new Made(21).Level("Latency", (_, _) => 1.2).Level("Memory", (_, _) => 1, kind: MetricKind.Level).Events("Errors", 0.002, _ => 3).Comparison;

    [Fact]
    public void The_order_of_metrics_does_not_matter() =>
        AssertSame(Judge.Decide(Some), Judge.Decide(Some with { Metrics = [.. Some.Metrics.Reverse()] }));

    [Fact]
    public void The_order_of_instances_does_not_matter()
    {
        var turned = Some with
        {
            Instances = [.. Some.Instances.Reverse()],
            Metrics = [.. Some.Metrics.Select(m => m with { Values = [.. m.Values.Reverse()], Exposure = m.Exposure is null ? null : [.. m.Exposure.Reverse()] })],
        };
        AssertSame(Judge.Decide(Some), Judge.Decide(turned));
    }

    [Fact]
    public void Units_of_levels_do_not_matter()
    {
        var scaled = Some with { Metrics = [.. Some.Metrics.Select(m => m.Exposure is null ? m with { Values = [.. m.Values.Select(row => row.Select(v => v * 1024).ToArray())] } : m)] };
        AssertSame(Judge.Decide(Some), Judge.Decide(scaled));
    }

    [Fact]
    public void A_judge_that_has_looked_before_says_what_a_fresh_one_says()
    {
        var judge = new Judge();
        for (var steps = Made.Past + 7; steps < Some.Steps; steps += 13) judge.Look(Some with { Steps = steps });
        Assert.Equal(Text(Judge.Decide(Some)), Text(judge.Look(Some)));
    }

    [Fact]
    public void What_lies_ahead_is_not_looked_at()
    {
        var now = Some.Steps - 40;
        var blind = Some with { Metrics = [.. Some.Metrics.Select(m => m with { Values = [.. m.Values.Select(row => row[..now])], Exposure = m.Exposure?.Select(row => row[..now]).ToArray() })], Steps = now };
        Assert.Equal(Text(Judge.Decide(blind)), Text(Judge.Decide(Some with { Steps = now })));
    }

    [Fact]
    public void Drawings_have_at_most_120_points() =>
        Assert.All(Judge.Decide(Some).Metrics, metric => Assert.InRange(metric.Drawing!.Seconds.Count, 1, 120));

    private static void AssertSame(Judgement a, Judgement b)
    {
        Assert.Equal(a.Verdict, b.Verdict);
        Assert.Equal(a.Metrics.Select(m => (m.Metric, m.Sign, Math.Round(m.Evidence, 4))).Order(), b.Metrics.Select(m => (m.Metric, m.Sign, Math.Round(m.Evidence, 4))).Order());
    }

    private static string Text(Judgement judgement) => JsonSerializer.Serialize(judgement);
}
