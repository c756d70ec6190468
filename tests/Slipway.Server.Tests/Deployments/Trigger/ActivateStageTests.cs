using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

public sealed class ActivateStageTests
{
    private readonly FakeFleet fleet = new(3);

    [Fact]
    public async Task It_assigns_the_version_and_is_done_when_everybody_is_healthy()
    {
        var stage = new StageCalls(fleet, "activate", 1, 2);
        Assert.Equal(TimeSpan.Zero, (await stage.CallAsync<StageResult.Waiting>()).RetryAfter);
        fleet.Says(1, ServiceState.Healthy);
        fleet.Says(2, ServiceState.Checking);
        Assert.Equal("waiting for i-002", (await stage.CallAsync<StageResult.Waiting>()).Note);
        fleet.Says(2, ServiceState.Healthy);
        await stage.CallAsync<StageResult.Succeeded>();
        Assert.Equal([(Instance(1), Release("2.0")), (Instance(2), Release("2.0"))], fleet.Assigned);
    }

    [Fact]
    public async Task What_an_agent_said_of_an_older_assignment_counts_for_nothing()
    {
        fleet[1] = fleet[1] with { AssignedGeneration = 4 };
        fleet.Says(1, ServiceState.Healthy);
        var stage = new StageCalls(fleet, "activate", 1);
        await stage.CallAsync();
        await stage.CallAsync<StageResult.Waiting>();
        fleet.SaysOf(1, 4, ServiceState.Failed, "too old to matter");
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Says(1, ServiceState.Healthy);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task A_failure_names_the_instance_the_reason_and_its_last_words()
    {
        var stage = new StageCalls(fleet, "activate", 1, 2);
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Healthy);
        fleet.Says(2, ServiceState.Failed, "exited with 3", "panic: no config");
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal(("exited", "i-002 on 2.0: exited with 3", Instance(2)), (failed.Code, failed.Reason, failed.Instance!.Value));
        Assert.Equal(["panic: no config"], failed.Evidence);
        Assert.Equal([InstanceStep.Healthy, InstanceStep.Failed], failed.Instances.Select(progress => progress.Step));
    }

    [Fact]
    public async Task An_instance_changed_before_that_gets_sick_fails_the_deployment()
    {
        fleet.Says(3, ServiceState.Unhealthy);
        var stage = new StageCalls(fleet, "activate", 1) { Begun = [StageCalls.Activate(3)] };
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Healthy);
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal(("unhealthy", "i-003 was healthy on 2.0 and is no more."), (failed.Code, failed.Reason));
    }

    [Fact]
    public async Task A_sick_instance_that_is_not_changed_yet_does_not_stand_in_the_way()
    {
        fleet.Says(3, ServiceState.Unhealthy);
        var stage = new StageCalls(fleet, "activate", 1);
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Healthy);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task Whoever_is_away_gets_half_a_minute_to_return_before_anything_is_assigned()
    {
        fleet.Away(2);
        var stage = new StageCalls(fleet, "activate", 1, 2) { Elapsed = TimeSpan.FromSeconds(10) };
        var waiting = await stage.CallAsync<StageResult.Waiting>();
        Assert.Equal((TimeSpan.FromSeconds(20), "waiting for i-002 to connect"), (waiting.RetryAfter, waiting.Note));
        Assert.Empty(fleet.Assigned);
        fleet.Back(2);
        await stage.CallAsync();
        Assert.Equal(2, fleet.Assigned.Count);
    }

    [Fact]
    public async Task Whoever_stays_away_is_assigned_too_but_nobody_waits_for_it()
    {
        fleet.Away(2);
        var stage = new StageCalls(fleet, "activate", 1, 2) { Elapsed = TimeSpan.FromSeconds(30) };
        await stage.CallAsync();
        Assert.Equal(2, fleet.Assigned.Count);
        fleet.Says(1, ServiceState.Healthy);
        var done = await stage.CallAsync<StageResult.Succeeded>();
        Assert.Equal([InstanceStep.Healthy, InstanceStep.Unreachable], done.Instances.Select(progress => progress.Step));
    }

    [Fact]
    public async Task A_batch_in_which_nobody_is_there_has_proved_nothing_and_fails()
    {
        fleet.Away(1);
        fleet.Away(2);
        var failed = await new StageCalls(fleet, "activate", 1, 2) { Elapsed = TimeSpan.FromSeconds(30) }.CallAsync<StageResult.Failed>();
        Assert.Equal("unreachable", failed.Code);
        Assert.Empty(fleet.Assigned);
    }

    [Fact]
    public async Task A_second_call_after_a_crash_assigns_nothing_again()
    {
        var stage = new StageCalls(fleet, "activate", 1, 2);
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Healthy);
        stage.Forget();
        await stage.CallAsync();
        Assert.Equal([StageCalls.Key, StageCalls.Key], fleet.Causes);
        Assert.Equal(2, fleet.Assigned.Count);
        Assert.Equal(1UL, fleet[1].AssignedGeneration);
    }
}
