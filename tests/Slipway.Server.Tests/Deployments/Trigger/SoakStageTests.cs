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
        var stage = new StageCalls(fleet, "soak") { Wait = Duration.FromSeconds(30), Begun = [StageCalls.Activate(1)], Elapsed = TimeSpan.FromSeconds(10) };
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
}
