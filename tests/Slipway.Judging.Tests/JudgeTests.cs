namespace Slipway.Judging.Tests;

public sealed class JudgeTests
{
    private static Made Healthy(int seed) => new Made(seed).Level("Latency", (_, _) => 1).Level("CPU", (_, _) => 1, kind: MetricKind.Ratio)
        .Level("Requests", (_, _) => 1, Direction.Decrease, MetricKind.Level).Events("Errors", 0.002, _ => 1).Events("Restarts", 0.0005, _ => 1, ofRequests: false);

    [Fact]
    public void Healthy_deployments_are_not_failed_however_often_one_looks()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var judge = new Judge();
            var comparison = Healthy(seed).Comparison;
            for (var steps = Made.Past; steps <= comparison.Steps; steps += 5)
                Assert.NotEqual(Verdict.Fail, judge.Look(comparison with { Steps = steps }, draw: false).Verdict);
        }
    }

    /// <summary>The smaller group must not stand out because its own instances are not held against each other.</summary>
    [Fact]
    public void Batches_of_steady_instances_of_which_one_is_left_are_not_failed()
    {
        const int past = 236, steps = past + 330;
        for (var seed = 0; seed < 40; seed++)
        {
            var draws = new Draws(seed);
            var rows = Enumerable.Range(0, 4).Select(_ => draws.Ar(steps, 0).Select(noise => 20 * Math.Exp(0.015 * noise)).ToArray()).ToArray();
            var judge = new Judge(JudgeSettings.Default with { WarmUpSeconds = 10 });
            for (var now = past + 6; now <= steps; now += 6)
            {
                ComparedInstance[] instances = [.. new int?[] { past, past + 150, past + 240, null }.Select((at, i) => new ComparedInstance($"i{i}", at < now ? at : null))];
                var judgement = judge.Look(new(2, now, instances, [new("Time", MetricKind.Duration, Direction.Increase, [.. rows.Select(row => row[..now])])]), draw: false);
                Assert.True(judgement.Verdict != Verdict.Fail, judgement.Sentence);
            }
        }
    }

    [Fact]
    public void A_healthy_deployment_passes_and_says_so_in_a_sentence()
    {
        var judgement = Judge.Decide(Healthy(1).Comparison with { PlannedSteps = 60 });
        Assert.Equal((Verdict.Pass, true), (judgement.Verdict, judgement.Sentence.StartsWith("Healthy", StringComparison.Ordinal)));
        Assert.All(judgement.Metrics, metric => Assert.Equal(Verdict.Pass, metric.Verdict));
    }

    [Fact]
    public void Too_early_it_says_how_much_is_missing()
    {
        var judgement = Judge.Decide(Healthy(1).Comparison with { Steps = Made.Past + 9 });
        Assert.Equal(Verdict.Inconclusive, judgement.Verdict);
        Assert.True(judgement.NeedsSeconds > 0);
        Assert.Contains("more", judgement.Sentence, StringComparison.Ordinal);
        Assert.Equal("The changed instances are still warming up.", Judge.Decide(Healthy(1).Comparison with { Steps = Made.Past + 3 }).Sentence);
    }

    [Fact]
    public void More_errors_fail_within_two_minutes_and_the_sentence_has_the_rates()
    {
        var found = Find(new Made(2).Level("Latency", (_, _) => 1).Events("Errors", 0.002, _ => 20));
        Assert.InRange(found.Metrics[0].CertainAfterSeconds!.Value, 60, 150);
        Assert.Matches(@"^Errors: [34]\.?\d* % of requests on the changed 2 instances against 0\.\d+ % on the 4 unchanged; certain", found.Sentence);
    }

    [Fact]
    public void A_slower_version_fails() => Assert.Equal(Sign.Higher, Find(new Made(3).Level("Latency", (_, _) => 1.35)).Metrics[0].Sign);

    [Fact]
    public void Falling_throughput_fails() =>
        Assert.Equal(Sign.Lower, Find(new Made(4).Level("Requests", (_, _) => 0.6, Direction.Decrease)).Metrics[0].Sign);

    [Fact]
    public void Faster_is_not_a_fault() =>
        Assert.NotEqual(Verdict.Fail, Judge.Decide(new Made(5).Level("Latency", (_, _) => 0.5).Comparison).Verdict);

    [Fact]
    public void Either_direction_can_be_the_bad_one() => Find(new Made(6).Level("Sessions", (_, _) => 0.6, Direction.Either));

    [Fact]
    public void A_slow_leak_fails() => Find(new Made(7).Level("Memory", (_, since) => 1 + 0.006 * since));

    [Fact]
    public void Peaks_alone_fail()
    {
        var draws = new Draws(70);
        Find(new Made(8).Level("Latency, p99", (_, _) => draws.Uniform() < 0.2 ? 2 : 1));
    }

    [Fact]
    public void Wider_variation_fails() => Find(new Made(9).Noisy("Latency", 3));

    [Fact]
    public void A_crash_loop_fails() => Find(new Made(10).Events("Restarts", 0.0005, _ => 400, ofRequests: false));

    [Fact]
    public void An_error_that_was_never_seen_fails() =>
        Assert.Contains("New errors", Find(new Made(11).Events("New errors", 0, i => i < 2 ? 0.0005 : 0, MetricKind.Novelty)).Sentence, StringComparison.Ordinal);

    [Fact]
    public void One_bad_instance_of_many_fails_and_is_named()
    {
        var found = Find(new Made(12, 16, 8).Level("Latency", (i, _) => i == 3 ? 1.8 : 1));
        Assert.Equal("i3", found.Metrics[0].Instance);
    }

    [Fact]
    public void Many_small_changes_fail_together()
    {
        var made = new Made(13, 12, 6, 180);
        for (var m = 0; m < 8; m++) made.Level($"m{m}", (_, _) => 1.045);
        Assert.Equal(Sign.Together, Find(made).Metrics[0].Sign);
    }

    [Fact]
    public void A_change_below_what_matters_is_left_alone() =>
        Assert.NotEqual(Verdict.Fail, Judge.Decide(new Made(14, 60, 30, 300).Level("CPU", (_, _) => 1.02).Comparison).Verdict);

    [Fact]
    public void What_earlier_deployments_did_too_is_not_held_against_this_one()
    {
        var comparison = new Made(15).Level("Memory", (_, _) => 1.25).Comparison;
        Assert.Equal(Verdict.Fail, Judge.Decide(comparison).Verdict);
        var habit = comparison.Metrics[0] with { EarlierRatios = [1.2, 1.28, 1.24] };
        Assert.NotEqual(Verdict.Fail, Judge.Decide(comparison with { Metrics = [habit] }).Verdict);
    }

    [Fact]
    public void With_nobody_unchanged_the_past_is_what_counts()
    {
        Find(new Made(16, 2, 2).Events("Errors", 0.002, _ => 20));
        Assert.NotEqual(Verdict.Fail, Judge.Decide(new Made(16, 2, 2).Events("Errors", 0.002, _ => 1).Level("CPU", (_, _) => 1).Comparison).Verdict);
    }

    private static Judgement Find(Made made)
    {
        var judgement = Judge.Decide(made.Comparison);
        Assert.True(judgement.Verdict == Verdict.Fail, judgement.Sentence + string.Concat(judgement.Metrics.Select(m => $"\n{m.Sign} {m.Evidence:0.0} of {m.Boundary:0.0}")));
        return judgement;
    }
}
