using Slipway.Contracts.Agent.V1;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

public sealed class RestoreStageTests
{
    private readonly FakeFleet fleet = new(3);

    [Fact]
    public async Task The_previous_version_is_assigned_to_everything_at_once()
    {
        var stage = new StageCalls(fleet, "restore", 1, 2);
        await stage.CallAsync();
        Assert.Equal([(Instance(1), Release("1.0")), (Instance(2), Release("1.0"))], fleet.Assigned);
        fleet.Says(1, ServiceState.Healthy);
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Says(2, ServiceState.Healthy);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task Where_nothing_ran_before_it_is_stopped()
    {
        var stage = new StageCalls(fleet, "restore", 1, 2) { Previous = null };
        await stage.CallAsync();
        Assert.Equal([(Instance(1), null), (Instance(2), null)], fleet.Assigned);
        fleet.Says(1, ServiceState.Stopped);
        fleet.Says(2, ServiceState.Draining);
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Says(2, ServiceState.Absent);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task A_previous_version_that_does_not_come_back_is_a_failure()
    {
        var stage = new StageCalls(fleet, "restore", 1);
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Failed, "exited with 1");
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal("i-001 did not take 1.0 back: exited with 1", failed.Reason);
    }

    [Fact]
    public async Task Nobody_waits_for_an_instance_that_stays_away()
    {
        fleet.Away(2);
        var stage = new StageCalls(fleet, "restore", 1, 2);
        await stage.CallAsync();
        fleet.Says(1, ServiceState.Healthy);
        var waiting = await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed += waiting.RetryAfter;
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task The_way_back_restores_exactly_what_was_changed()
    {
        var request = new RollbackRequest
        {
            Deployment = Created().Deployment,
            Target = Some.Target,
            Previous = Release("1.0"),
            Definition = Definition,
            Begun = [Stage("prepare") with { Kind = "prepare", Instances = [Instance(1), Instance(2), Instance(3)] }, StageCalls.Activate(3), StageCalls.Activate(1)],
        };
        var stages = await new TriggerType(fleet, new FakeVerdicts()).PlanRollbackAsync(request, CancellationToken.None);
        Assert.Equal([Instance(3), Instance(1)], Assert.Single(stages).Instances);
        Assert.Empty(await new TriggerType(fleet, new FakeVerdicts()).PlanRollbackAsync(request with { Begun = [request.Begun[0]] }, CancellationToken.None));
    }
}
