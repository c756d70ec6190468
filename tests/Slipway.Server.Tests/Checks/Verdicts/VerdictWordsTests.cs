using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.Judging;
using Slipway.Server.Checks.Verdicts;

namespace Slipway.Server.Tests.Checks.Verdicts;

public sealed class VerdictWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_a_little_worse_in_many_signals_is_about_none_of_them()
    {
        var together = new MetricJudgement { Metric = "All metrics together", Verdict = Verdict.Fail, Sentence = "Many are a little worse.", Evidence = 9, Boundary = double.PositiveInfinity };
        var verdict = Of(new() { Verdict = Verdict.Fail, Sentence = "Many are a little worse.", Metrics = [together] });
        Assert.Equal(Answer.Fail, verdict.Answer);
        var signal = Assert.Single(verdict.Signals);
        Assert.Equal(("together", null, Answer.Fail), (signal.Signal, signal.Unit, signal.Answer));
        Assert.Equal(0, signal.Boundary);
    }

    [Theory]
    [InlineData(90.2, "91s")]
    [InlineData(double.NaN, null)]
    [InlineData(1e12, null)]
    public void What_is_missing_is_told_in_whole_seconds_or_not_at_all(double seconds, string? told) =>
        Assert.Equal(told, Of(new() { Verdict = Verdict.Inconclusive, Sentence = "More is needed.", Metrics = [], NeedsSeconds = seconds }).Needs?.Value);

    private static DeploymentVerdict Of(Judgement judgement) => VerdictWords.Of(
        new()
        {
            Deployment = DeploymentId.Parse("d-0123456789"),
            Target = TargetId.Parse("shop/production"),
            Release = new(VersionName.Parse("2.0"), 1),
            Changed = [],
            Definition = new(),
        },
        Compared.Nothing,
        judgement,
        Noon);
}
