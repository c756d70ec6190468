using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class DeploymentRulesTests
{
    [Fact]
    public void A_created_deployment_waits_with_every_stage_pending()
    {
        var state = Queued(Stage("one"), Stage("two"));
        Assert.Equal(DeploymentStatus.Queued, state.Status);
        Assert.All(state.Stages, stage => Assert.Equal(StageStatus.Pending, stage.Status));
        Assert.Equal(1, state.Sequence);
    }

    [Fact]
    public void Every_fact_is_one_step_of_the_sequence() =>
        Assert.Equal(5, Running(Stage("one")).Then(new StageSucceeded(0), new Finished(DeploymentStatus.Succeeded)).Sequence);

    [Fact]
    public void The_plan_that_counts_is_the_one_made_at_the_start()
    {
        var state = Queued(Stage("old")).Then(new Started { Plan = Plan(Stage("new"), Stage("newer")) });
        Assert.Equal(["new", "newer"], state.Stages.Select(stage => stage.Plan.Name));
    }

    [Fact]
    public void The_first_fact_must_be_the_creation() =>
        Assert.Throws<InvalidOperationException>(() => DeploymentRules.Apply(null, new Paused(), Noon));

    [Theory]
    [InlineData(DeploymentStatus.Succeeded)]
    [InlineData(DeploymentStatus.Failed)]
    [InlineData(DeploymentStatus.RolledBack)]
    [InlineData(DeploymentStatus.Cancelled)]
    [InlineData(DeploymentStatus.Superseded)]
    public void Nothing_can_happen_to_a_deployment_that_is_over(DeploymentStatus status)
    {
        var state = Running(Stage("one")).Then(new Finished(status));
        Assert.Throws<InvalidOperationException>(() => state.Then(new StageSucceeded(0)));
        Assert.Throws<InvalidOperationException>(() => state.Then(new Resumed("kim")));
        Assert.Throws<InvalidOperationException>(() => state.Then(new Finished(status)));
    }

    [Fact]
    public void The_end_skips_what_was_not_done()
    {
        var state = Running(Stage("one"), Stage("two")).Then(new Finished(DeploymentStatus.Cancelled));
        Assert.Equal([StageStatus.Skipped, StageStatus.Skipped], state.Stages.Select(stage => stage.Status));
        Assert.NotNull(state.FinishedAt);
    }

    [Fact]
    public void A_stage_that_starts_again_has_forgotten_what_it_knew()
    {
        var noted = Running(Watch("soak")).Then(new StageNoted(0, JsonSerializer.SerializeToElement(7)));
        Assert.NotNull(noted.Stages[0].Memory);
        var again = noted.Then(new PauseRequested("kim", null), new Paused(), new Resumed("kim"), Begin(0, attempt: 2));
        Assert.Null(again.Stages[0].Memory);
        Assert.Equal(2, again.Stages[0].Attempt);
    }

    [Fact]
    public void An_error_without_memory_leaves_what_was_remembered()
    {
        var state = Running(Stage("one")).Then(new StageNoted(0, JsonSerializer.SerializeToElement(7)), new StageErrored(0, "no answer", Noon, null));
        Assert.Equal(7, state.Stages[0].Memory!.Value.GetInt32());
        Assert.Equal(1, state.Stages[0].Errors);
    }

    [Fact]
    public void The_cause_of_the_failure_is_the_first_one()
    {
        var state = Running(Stage("one"), Stage("two")).Then(Fail(0));
        var later = state.Then(new StageFailed(1, new() { Stage = "two", Code = "also", Reason = "Also broke." }));
        Assert.Equal("broken", later.Failure!.Code);
    }

    [Fact]
    public void A_pause_puts_a_stage_that_only_waits_back_to_its_beginning()
    {
        var state = Running(Watch("soak")).Then(new PauseRequested("kim", null), new Paused());
        Assert.Equal(DeploymentStatus.Paused, state.Status);
        Assert.Equal(StageStatus.Pending, state.Stages[0].Status);
    }

    [Fact]
    public void A_cancelled_pause_runs_again_so_that_it_can_be_taken_back()
    {
        var paused = Running(Watch("soak")).Then(new PauseRequested("kim", null), new Paused());
        Assert.Equal(DeploymentStatus.Running, paused.Then(new CancelRequested("kim", null)).Status);
        Assert.Equal(DeploymentStatus.Running, paused.Then(new RollbackRequested("kim", null)).Status);
    }

    [Fact]
    public void The_way_back_skips_open_stages_and_adds_its_own()
    {
        var state = Running(Stage("one"), Stage("two"), Stage("three")).Then(new StageSucceeded(0), Begin(1), Fail(1), new RollbackStarted([Stage("undo")]));
        Assert.Equal([StageStatus.Succeeded, StageStatus.Failed, StageStatus.Skipped, StageStatus.Pending], state.Stages.Select(stage => stage.Status));
        Assert.True(state.Stages[3].IsRollback);
        Assert.True(state.RollingBack);
    }
}
