using System.Text.Json;

namespace Slipway.Judging.Tests;

/// <summary>Whatever comes in, the judge answers, and never lets pass what it did not see.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    public void Values_that_are_none_do_not_pass(double value)
    {
        var rows = new Made(1).Rows((_, t, _) => t < Made.Past ? 5 + t % 3 : value);
        foreach (var kind in Enum.GetValues<MetricKind>())
        {
            var judgement = Judge.Decide(new Made(1).With(new("m", kind, Direction.Either, rows)).Comparison with { PlannedSteps = 1 });
            Assert.NotEqual(Verdict.Pass, judgement.Verdict);
            JsonSerializer.Serialize(judgement);
        }
    }

    [Fact]
    public void Negative_counts_do_not_pass()
    {
        var rows = new Made(1).Rows((_, _, _) => -3);
        Assert.NotEqual(Verdict.Pass, Judge.Decide(new Made(1).With(new("m", MetricKind.Count, Direction.Increase, rows)).Comparison with { PlannedSteps = 1 }).Verdict);
    }

    [Fact]
    public void A_random_mess_is_answered()
    {
        double[] poison = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e-320, 1e300, double.MaxValue, -double.MaxValue, 3];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var steps = random.Next(0, 60);
            var instances = Enumerable.Range(0, random.Next(0, 6)).Select(i => new ComparedInstance($"{i}", random.Next(3) == 0 ? null : random.Next(-5, 80))).ToArray();
            double[][] Rows() => [.. Enumerable.Range(0, random.Next(0, 8)).Select(_ => Enumerable.Range(0, random.Next(0, 70)).Select(_ => poison[random.Next(poison.Length)]).ToArray())];
            var metrics = Enumerable.Range(0, 5).Select(k => new Metric($"m{k}", (MetricKind)k, (Direction)(k % 3), Rows())
            {
                Exposure = random.Next(2) == 0 ? null : Rows(),
                MinimumEffect = poison[random.Next(poison.Length)],
                EarlierRatios = poison,
            }).ToArray();
            var judgement = Judge.Decide(new(poison[random.Next(poison.Length)], steps, instances, metrics) { PlannedSteps = random.Next(-3, 30) });
            JsonSerializer.Serialize(judgement);
        }
    }

    [Fact]
    public void Nothing_at_all_is_inconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, Judge.Decide(new(10, 5, [], [])).Verdict);
        Assert.Equal(Verdict.Inconclusive, Judge.Decide(new Made(1, changed: 0).Level("m", (_, _) => 1).Comparison).Verdict);
    }
}
