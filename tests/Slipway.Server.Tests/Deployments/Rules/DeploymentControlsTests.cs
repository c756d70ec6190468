using Slipway.Contracts.Deployments;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class DeploymentControlsTests
{
    [Fact]
    public void A_running_deployment_can_be_asked_to_pause() =>
        Assert.Equal([new PauseRequested("kim", "lunch")], Facts(DeploymentControls.Pause(Running(Stage("one")), "kim", "lunch")));

    [Fact]
    public void Asking_twice_changes_nothing()
    {
        var pausing = Running(Stage("one")).Then(new PauseRequested("kim", null));
        Assert.Empty(Facts(DeploymentControls.Pause(pausing, "kim", null)));
        Assert.Empty(Facts(DeploymentControls.Resume(Running(Stage("one")), "kim")));
        var cancelling = Running(Stage("one")).Then(new CancelRequested("kim", null));
        Assert.Empty(Facts(DeploymentControls.Cancel(cancelling, "kim", null)));
        var goingBack = Running(Stage("one")).Then(new RollbackRequested("kim", null));
        Assert.Empty(Facts(DeploymentControls.RollBack(goingBack, "kim", null)));
        Assert.Empty(Facts(DeploymentControls.Cancel(cancelling.Then(new Finished(DeploymentStatus.Cancelled)), "kim", null)));
        Assert.Empty(Facts(DeploymentControls.RollBack(goingBack.Then(new Finished(DeploymentStatus.RolledBack)), "kim", null)));
    }

    [Fact]
    public void A_pause_that_has_not_come_yet_is_taken_back_by_resume()
    {
        var pausing = Running(Stage("one")).Then(new PauseRequested("kim", null));
        Assert.False(pausing.Then(Facts(DeploymentControls.Resume(pausing, "kim"))).PauseRequested);
    }

    [Fact]
    public void What_has_not_started_can_not_be_paused_or_rolled_back_but_cancelled_at_once()
    {
        Assert.Equal("not_possible_now", Code(DeploymentControls.Pause(Queued(Stage("one")), "kim", null)));
        Assert.Equal("not_possible_now", Code(DeploymentControls.RollBack(Queued(Stage("one")), "kim", null)));
        var facts = Facts(DeploymentControls.Cancel(Queued(Stage("one")), "kim", null));
        Assert.Equal(DeploymentStatus.Cancelled, Queued(Stage("one")).Then(facts).Status);
    }

    [Fact]
    public void What_is_over_takes_no_requests()
    {
        var over = Running(Stage("one")).Then(new Finished(DeploymentStatus.Succeeded));
        Assert.Equal("deployment_finished", Code(DeploymentControls.Pause(over, "kim", null)));
        Assert.Equal("deployment_finished", Code(DeploymentControls.Resume(over, "kim")));
        Assert.Equal("deployment_finished", Code(DeploymentControls.Cancel(over, "kim", null)));
        Assert.Equal("deployment_finished", Code(DeploymentControls.RollBack(over, "kim", null)));
    }

    [Fact]
    public void What_goes_back_is_not_stopped()
    {
        var goingBack = Running(Stage("one")).Then(Fail(0), new RollbackStarted([Stage("undo")]));
        Assert.Equal("not_possible_now", Code(DeploymentControls.Pause(goingBack, "kim", null)));
        Assert.Equal("not_possible_now", Code(DeploymentControls.Cancel(goingBack, "kim", null)));
    }

    [Fact]
    public void A_cancellation_can_be_hurried_by_a_rollback()
    {
        var cancelling = Running(Stage("one")).Then(new CancelRequested("kim", null));
        Assert.Equal([new RollbackRequested("kim", null)], Facts(DeploymentControls.RollBack(cancelling, "kim", null)));
    }

    [Fact]
    public void An_answer_to_a_check_counts_once_and_only_for_the_attempt_that_asked()
    {
        var asking = Running(Check("check-a"), Stage("two"));
        var facts = Facts(DeploymentControls.AnswerCheck(asking, "check-a", 1, true, "webhook", "fine"));
        Assert.Equal([new ApprovalAnswered(0, true, "webhook", null, "fine")], facts);
        Assert.Equal("check_answered", Code(DeploymentControls.AnswerCheck(asking.Then(facts), "check-a", 1, true, "webhook", null)));
        Assert.Equal("check_over", Code(DeploymentControls.AnswerCheck(asking, "check-a", 2, true, "webhook", null)));
        Assert.Equal("check_over", Code(DeploymentControls.AnswerCheck(asking, "two", 0, true, "webhook", null)));
        Assert.Equal("check_over", Code(DeploymentControls.AnswerCheck(asking.Then(Fail(0)), "check-a", 1, true, "webhook", null)));
        Assert.Equal("check_over", Code(DeploymentControls.AnswerCheck(asking.Then(new Finished(DeploymentStatus.Cancelled)), "check-a", 1, true, "webhook", null)));
    }

    [Fact]
    public void A_check_can_be_left_at_any_moment()
    {
        Assert.True(NextStep.AtSafePoint(Running(Check("check-a"))));
        Assert.False(NextStep.AtSafePoint(Running(Stage("one"))));
    }

    private static PlannedStage Check(string name) => Stage(name) with { Kind = ICheckStages.Kind };

    private static DeploymentFact[] Facts(Outcome<DeploymentFact[]> outcome) =>
        outcome.Is(out var facts, out var refusal) ? facts : throw new InvalidOperationException(refusal.Detail);

    private static string Code(Outcome<DeploymentFact[]> outcome) =>
        outcome.Is(out _, out var refusal) ? "accepted" : refusal.Code;
}
