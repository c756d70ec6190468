using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class NextStepTests
{
    [Fact]
    public void A_queued_deployment_waits_for_its_turn() => Assert.Equal(new NextStep.Sleep(null), Next(Queued(Stage("one"))));

    [Fact]
    public void A_started_one_begins_its_first_stage_with_the_planned_deadline() =>
        Assert.Equal(new StageStarted(0, 1, Noon + TimeSpan.FromMinutes(5)), Fact(Started(Stage("one"))));

    [Fact]
    public void A_running_stage_is_called() => Assert.Equal(new NextStep.Run(0), Next(Running(Stage("one"))));

    [Fact]
    public void A_stage_that_could_not_tell_is_called_again_when_its_time_has_come()
    {
        var state = Running(Stage("one")).Then(new StageErrored(0, "no answer", Noon + TimeSpan.FromSeconds(2), null));
        Assert.Equal(new NextStep.Sleep(Noon + TimeSpan.FromSeconds(2)), Next(state));
        Assert.Equal(new NextStep.Run(0), NextStep.Of(state, Noon + TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void After_the_last_stage_it_has_succeeded() =>
        Assert.Equal(new Finished(DeploymentStatus.Succeeded), Fact(Running(Stage("one")).Then(new StageSucceeded(0))));

    [Fact]
    public void A_plan_without_stages_succeeds_at_once() => Assert.Equal(new Finished(DeploymentStatus.Succeeded), Fact(Started()));

    [Fact]
    public void A_failed_stage_leads_to_the_way_back() => Assert.IsType<NextStep.PlanRollback>(Next(Running(Stage("one")).Then(Fail(0))));

    [Fact]
    public void Where_nobody_wants_a_way_back_a_failure_is_the_end()
    {
        var state = StartedFrom(Created(Stage("one")) with { NoRollback = true }).Then(Begin(0), Fail(0));
        Assert.Equal(new Finished(DeploymentStatus.Failed), Fact(state));
    }

    [Fact]
    public void A_way_back_that_changed_something_ends_rolled_back()
    {
        var state = Running(Stage("one")).Then(Fail(0), new RollbackStarted([Stage("undo")]), Begin(1), new StageSucceeded(1));
        Assert.Equal(new Finished(DeploymentStatus.RolledBack), Fact(state));
    }

    [Fact]
    public void A_failure_before_anything_was_changed_is_a_failure_not_a_rollback() =>
        Assert.Equal(new Finished(DeploymentStatus.Failed), Fact(Running(Stage("one")).Then(Fail(0), new RollbackStarted([]))));

    [Fact]
    public void A_way_back_that_fails_says_so()
    {
        var state = Running(Stage("one")).Then(Fail(0), new RollbackStarted([Stage("undo"), Stage("clean")]), Begin(1), Fail(1));
        var finished = Assert.IsType<Finished>(Fact(state));
        Assert.Equal(DeploymentStatus.Failed, finished.Status);
        Assert.Contains("way back", finished.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_waits_until_the_stage_is_done()
    {
        var asked = Running(Stage("one"), Stage("two")).Then(new PauseRequested("kim", null));
        Assert.Equal(new NextStep.Run(0), Next(asked));
        Assert.Equal(new Paused(), Fact(asked.Then(new StageSucceeded(0))));
    }

    [Fact]
    public void A_pause_interrupts_a_stage_that_only_waits() =>
        Assert.Equal(new Paused(), Fact(Running(Watch("soak"), Stage("two")).Then(new PauseRequested("kim", null))));

    [Fact]
    public void A_pause_asked_for_during_the_last_stage_comes_too_late() =>
        Assert.Equal(new Finished(DeploymentStatus.Succeeded), Fact(Running(Stage("one")).Then(new PauseRequested("kim", null), new StageSucceeded(0))));

    [Fact]
    public void A_paused_deployment_sleeps_until_it_is_resumed_and_starts_its_watch_over()
    {
        var paused = Running(Watch("soak")).Then(new PauseRequested("kim", null), new Paused());
        Assert.Equal(new NextStep.Sleep(null), Next(paused));
        Assert.Equal(2, Assert.IsType<StageStarted>(Fact(paused.Then(new Resumed("kim")))).Attempt);
    }

    [Fact]
    public void A_cancellation_lets_the_stage_end_and_then_goes_back()
    {
        var asked = Running(Stage("one"), Stage("two")).Then(new CancelRequested("kim", null));
        Assert.Equal(new NextStep.Run(0), Next(asked));
        var undone = asked.Then(new StageSucceeded(0));
        Assert.IsType<NextStep.PlanRollback>(Next(undone));
        Assert.Equal(new Finished(DeploymentStatus.Cancelled), Fact(undone.Then(new RollbackStarted([Stage("undo")]), Begin(2), new StageSucceeded(2))));
    }

    [Fact]
    public void A_failure_after_a_cancellation_is_told_as_what_it_is()
    {
        var state = Running(Stage("one")).Then(new CancelRequested("kim", null), Fail(0), new RollbackStarted([Stage("undo")]), Begin(1), new StageSucceeded(1));
        Assert.Equal(new Finished(DeploymentStatus.RolledBack), Fact(state));
    }

    [Fact]
    public void A_rollback_does_not_wait_for_the_stage() =>
        Assert.IsType<NextStep.PlanRollback>(Next(Running(Stage("one")).Then(new RollbackRequested("kim", null))));

    [Fact]
    public void A_rollback_of_nothing_is_a_cancellation() =>
        Assert.Equal(new Finished(DeploymentStatus.Cancelled), Fact(Running(Stage("one")).Then(new RollbackRequested("kim", null), new RollbackStarted([]))));

    [Fact]
    public void A_rollback_asked_for_after_a_cancellation_counts_as_a_rollback()
    {
        var state = Running(Stage("one")).Then(new CancelRequested("kim", null), new RollbackRequested("kim", null), new RollbackStarted([Stage("undo")]), Begin(1), new StageSucceeded(1));
        Assert.Equal(new Finished(DeploymentStatus.RolledBack), Fact(state));
    }

    [Fact]
    public void A_finished_deployment_does_nothing_any_more() =>
        Assert.Equal(new NextStep.Sleep(null), Next(Running(Stage("one")).Then(new Finished(DeploymentStatus.Failed))));

    private static NextStep Next(DeploymentState state) => NextStep.Of(state, Noon);

    private static DeploymentFact Fact(DeploymentState state) => Assert.Single(Assert.IsType<NextStep.Record>(Next(state)).Facts);
}
