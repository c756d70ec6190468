using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;

namespace Slipway.Server.Tests.Checks.Verdicts;

/// <summary>From what agents measure to a verdict.</summary>
public sealed class DeploymentJudgeTests
{
    private const int Hour = 360;

    [Fact]
    public void A_version_that_is_as_the_one_before_passes()
    {
        var fleet = new MeasuredFleet(6);
        fleet.Run(Hour);
        fleet.Look();
        fleet.Change(1, 2);
        var verdict = fleet.LookFor(steps: Hour);
        Assert.Equal(Answer.Pass, verdict.Answer);
        Assert.Equal((2, 4), (verdict.Changed, verdict.Unchanged));
        Assert.All(verdict.Signals, signal => Assert.NotEqual(Answer.Fail, signal.Answer));
    }

    [Fact]
    public void A_slower_version_fails_and_says_by_how_much()
    {
        var fleet = new MeasuredFleet(6);
        foreach (var agent in fleet.Agents)
            agent.Values = one => With(one.Usual(), "requestTime", one.IsChanged ? fleet.Around(45) : fleet.Around(30));

        fleet.Run(Hour);
        fleet.Look();
        fleet.Change(1, 2);
        var verdict = fleet.LookFor(steps: 60);
        Assert.Equal(Answer.Fail, verdict.Answer);
        Assert.Equal("requestTime", verdict.Signals[0].Signal);
        Assert.Contains("Time of requests", verdict.Sentence, StringComparison.Ordinal);
        Assert.InRange(verdict.Signals[0].Effect!.Value, 0.3, 0.7);

        var drawn = fleet.Look(draw: true).Signals[0].Drawing!;
        Assert.Equal(drawn.Seconds.Count, drawn.Changed.Count);
        Assert.Contains(drawn.Seconds, second => second < 0);
        Assert.InRange(drawn.ChangedQuantiles[2], 40, 50);
        Assert.InRange(drawn.UnchangedQuantiles[2], 28, 32);
    }

    [Fact]
    public void Where_nobody_is_left_unchanged_the_past_is_what_it_is_compared_with()
    {
        var fleet = new MeasuredFleet(2);
        foreach (var agent in fleet.Agents)
            agent.Values = one => With(one.Usual(), "cpu", one.IsChanged ? fleet.Around(0.9) : fleet.Around(0.4));

        fleet.Run(Hour);
        fleet.Look();
        fleet.Change(1, 2);
        var verdict = fleet.LookFor(steps: 120);
        Assert.Equal((Answer.Fail, 0), (verdict.Answer, verdict.Unchanged));
        Assert.Equal("cpu", verdict.Signals[0].Signal);
    }

    [Fact]
    public void Errors_of_a_new_kind_are_found_and_shown_and_known_ones_are_not()
    {
        var fleet = new MeasuredFleet(4);
        foreach (var agent in fleet.Agents)
            agent.Errors = one => one.IsChanged ? ["fail: cart of <*> is locked", "fail: payment <*> was refused by <*>"] : ["fail: cart of <*> is locked"];

        fleet.Run(Hour);
        fleet.Look();
        fleet.Change(1);
        var verdict = fleet.LookFor(steps: 60);
        Assert.Equal(Answer.Fail, verdict.Answer);
        Assert.Equal("newErrors", verdict.Signals[0].Signal);
        var line = Assert.Single(verdict.NewErrors);
        Assert.Equal("fail: payment <*> was refused by <*>", line.Template);
        Assert.Equal(1, line.Instances);
    }

    [Fact]
    public void What_was_changed_since_anybody_asked_is_not_what_the_rest_is_compared_with()
    {
        var fleet = new MeasuredFleet(3);
        foreach (var agent in fleet.Agents)
            agent.Errors = one => one.IsChanged ? ["fail: payment <*> was refused by <*>"] : [];

        fleet.Run(Hour);
        fleet.Change(1);
        fleet.Look();
        fleet.ChangeUnasked(2, 3);
        var verdict = fleet.LookFor(steps: 60);
        Assert.Equal((3, 0), (verdict.Changed, verdict.Unchanged));
        Assert.Equal(3, Assert.Single(verdict.NewErrors).Instances);
    }

    [Fact]
    public void Signals_that_the_target_does_not_want_judged_are_not()
    {
        var fleet = new MeasuredFleet(4, new() { WarmUp = Duration.Zero, Ignore = ["cpu"] });
        foreach (var agent in fleet.Agents)
            agent.Values = one => With(one.Usual(), "cpu", one.IsChanged ? 2 : 0.4);

        fleet.Run(Hour);
        fleet.Look();
        fleet.Change(1);
        var verdict = fleet.LookFor(steps: 60);
        Assert.NotEqual(Answer.Fail, verdict.Answer);
        Assert.DoesNotContain(verdict.Signals, signal => signal.Signal == "cpu");
    }

    [Fact]
    public void A_judge_that_begins_in_the_middle_says_what_one_that_was_there_says()
    {
        var fleet = new MeasuredFleet(6);
        foreach (var agent in fleet.Agents)
            agent.Values = one => With(one.Usual(), "requestTime", one.IsChanged ? fleet.Around(45) : fleet.Around(30));

        fleet.Run(Hour - 100);
        fleet.Change(1, 2);
        fleet.Run(100);
        fleet.Look();
        Assert.Equal(Answer.Fail, fleet.Look(draw: true).Answer);
    }

    [Fact]
    public void Agents_are_asked_once_and_again_when_they_fall_silent()
    {
        var fleet = new MeasuredFleet(3);
        fleet.Run(30);
        for (var i = 0; i < 10; i++)
        {
            fleet.Look();
            fleet.Run(1);
        }

        Assert.Equal(3, fleet.Questions);
        fleet.Agents[0].IsSilent = true;
        fleet.Run(4);
        fleet.Look();
        Assert.Equal(4, fleet.Questions);
    }

    [Fact]
    public void One_that_has_fallen_silent_does_not_hold_up_the_others()
    {
        var fleet = new MeasuredFleet(6);
        foreach (var agent in fleet.Agents)
            agent.Values = one => With(one.Usual(), "requestTime", one.IsChanged ? fleet.Around(60) : fleet.Around(30));

        fleet.Run(Hour);
        fleet.Look();
        fleet.Agents[5].IsSilent = true;
        fleet.Change(1, 2);
        Assert.Equal(Answer.Fail, fleet.LookFor(steps: 60).Answer);
    }

    [Fact]
    public void Nobody_has_told_anything_yet()
    {
        var fleet = new MeasuredFleet(2);
        fleet.Change(1);
        var verdict = fleet.Look();
        Assert.Equal(Answer.Inconclusive, verdict.Answer);
        Assert.NotEmpty(verdict.Sentence);
    }

    private static Dictionary<string, double> With(IReadOnlyDictionary<string, double> values, string name, double value) => new(values) { [name] = value };
}
