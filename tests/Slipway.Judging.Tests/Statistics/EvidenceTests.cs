using Slipway.Judging.Statistics;

namespace Slipway.Judging.Tests.Statistics;

/// <summary>What makes looking at any time sound: without a change, E is one at most on average, and above 1/α at some time with a chance of α at most.</summary>
public sealed class EvidenceTests
{
    private const int Runs = 3000, Steps = 60;

    [Theory]
    [InlineData("normal")]
    [InlineData("heavy")]
    [InlineData("few values")]
    public void Ranks_of_what_did_not_change_are_worth_one_on_average_and_seldom_much(string shape)
    {
        var draws = new Draws(7);
        double Draw() => shape switch { "heavy" => draws.Heavy(), "few values" => Math.Floor(3 * draws.Uniform()), _ => draws.Normal() };
        var (mean, crossed) = Simulate(() =>
        {
            var evidence = new RankEvidence([.. Enumerable.Range(0, 60).Select(_ => Draw())], 1, 3);
            return () => { evidence.Add(Draw()); return evidence.Log; };
        });
        Assert.InRange(mean, 0, 1.15);
        Assert.InRange(crossed, 0, 0.05);
    }

    [Fact]
    public void Ranks_see_a_shift()
    {
        var draws = new Draws(8);
        var evidence = new RankEvidence([.. Enumerable.Range(0, 60).Select(_ => draws.Normal())], 1, 3);
        for (var t = 0; t < 30; t++) evidence.Add(draws.Normal() + 2);
        Assert.True(evidence.Log > 10);
    }

    [Fact]
    public void Events_shared_by_rights_are_worth_one_on_average_and_seldom_much()
    {
        var draws = new Draws(9);
        var (mean, crossed) = Simulate(() =>
        {
            var evidence = new CountEvidence(1, 3);
            return () => { evidence.AddShare(draws.Poisson(1), draws.Poisson(3), 0.25); return evidence.Log; };
        });
        Assert.InRange(mean, 0, 1.15);
        Assert.InRange(crossed, 0, 0.05);
    }

    [Fact]
    public void Events_as_expected_are_worth_one_on_average_and_seldom_much()
    {
        var draws = new Draws(10);
        var (mean, crossed) = Simulate(() =>
        {
            var evidence = new CountEvidence(1, 3);
            return () => { evidence.AddExpected(draws.Poisson(0.4), 0.4); return evidence.Log; };
        });
        Assert.InRange(mean, 0, 1.15);
        Assert.InRange(crossed, 0, 0.05);
    }

    [Fact]
    public void A_burst_in_one_step_is_capped()
    {
        var evidence = new CountEvidence(1, 1.4);
        evidence.AddExpected(100_000, 0.1);
        Assert.InRange(evidence.Log, 0, 1.4);
    }

    [Fact]
    public void A_fault_that_begins_late_is_found_nearly_as_fast()
    {
        var late = new CountEvidence(1, 3);
        for (var t = 0; t < 400; t++) late.AddExpected(1, 1);
        var steps = 0;
        for (; late.Log < 10 && steps < 100; steps++) late.AddExpected(3, 1);
        Assert.InRange(steps, 1, 50);
    }

    [Fact]
    public void The_inflation_of_white_noise_is_one_and_of_a_wandering_level_much_more()
    {
        var draws = new Draws(11);
        Assert.InRange(Inflation.Of(draws.Ar(240, 0)), 1, 1.6);
        Assert.True(Inflation.Of(draws.Ar(240, 0.9)) > 4);
    }

    [Fact]
    public void A_remembered_mean_is_not_taken_for_a_shift_and_a_shift_without_memory_is()
    {
        var draws = new Draws(12);
        var alarms = Enumerable.Range(0, 1000).Count(_ => new RememberingMean(draws.Ar(31, 0.6)).ChanceAbove(0) < 0.01);
        Assert.InRange(alarms, 0, 25);
        var found = Enumerable.Range(0, 100).Count(_ => new RememberingMean([.. draws.Ar(31, 0).Select(value => value + 1)], witness: draws.Ar(31, 0)).ChanceAbove(0) < 0.01);
        Assert.InRange(found, 85, 100);
    }

    private static (double Mean, double Crossed) Simulate(Func<Func<double>> make)
    {
        double sum = 0;
        var crossed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var step = make();
            double log = 0, highest = 0;
            for (var t = 0; t < Steps; t++) highest = Math.Max(highest, log = step());
            sum += Math.Exp(log);
            if (highest >= Math.Log(20)) crossed++;
        }
        return (sum / Runs, (double)crossed / Runs);
    }
}
