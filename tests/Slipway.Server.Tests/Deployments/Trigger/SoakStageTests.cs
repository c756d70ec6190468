using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Tests.Deployments.Trigger;

public sealed class SoakStageTests
{
    private readonly FakeFleet fleet = new(2);

    [Fact]
    public async Task It_watches_for_as_long_as_it_was_told()
    {
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)], Elapsed = TimeSpan.FromSeconds(10), Verdict = new() { Enabled = false } };
        Assert.Equal(TimeSpan.FromSeconds(20), (await stage.CallAsync<StageResult.Waiting>()).RetryAfter);
        stage.Elapsed = TimeSpan.FromSeconds(30);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task What_gets_sick_while_it_is_watched_fails_the_deployment()
    {
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)] };
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Says(2, ServiceState.Failed);
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Says(1, ServiceState.Unhealthy, "three probes failed");
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal("i-001 was healthy on 2.0 and is no more: three probes failed", failed.Reason);
    }

    [Fact]
    public async Task Only_uninterrupted_healthy_time_counts()
    {
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)] };
        Restarted(1, times: 0);
        await stage.CallAsync<StageResult.Waiting>();

        stage.Elapsed = TimeSpan.FromSeconds(25);
        Restarted(1, times: 1);
        Assert.Equal("watching anew since i-001 was started again", (await stage.CallAsync<StageResult.Waiting>()).Note);

        stage.Elapsed = TimeSpan.FromSeconds(54);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed = TimeSpan.FromSeconds(55);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task An_instance_that_is_away_has_to_come_back_and_say_that_nothing_happened()
    {
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)] };
        Restarted(1, times: 0);
        await stage.CallAsync<StageResult.Waiting>();
        fleet.Away(1);
        stage.Elapsed = TimeSpan.FromSeconds(31);
        Assert.Contains("i-001 to come back", (await stage.CallAsync<StageResult.Waiting>()).Note);

        fleet.Back(1);
        Restarted(1, times: 2);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed = TimeSpan.FromSeconds(60);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed = TimeSpan.FromSeconds(61);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task Who_never_comes_back_is_not_waited_for()
    {
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)] };
        fleet.Away(1);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed = TimeSpan.FromSeconds(61);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    private void Restarted(int instance, int times)
    {
        fleet.Says(instance, ServiceState.Healthy);
        fleet[instance].Reported!.Restarts = times;
    }
}
