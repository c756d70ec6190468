using System.Net;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Tests.Deployments.Http;

[OnBothDatabases]
public sealed class ControlTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_pause_comes_after_the_stage_and_resume_goes_on()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 1h", "succeeded"), Scripted.Stage("two"));
        var deployment = await service.DeployAsync();
        await service.RunsAsync(deployment);
        Assert.Equal("pausing", (await service.DoAsync(deployment, "pause")).Pending);
        var paused = await service.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        Assert.Equal([StageStatus.Succeeded, StageStatus.Pending], paused.Stages.Select(stage => stage.Status));
        await service.DoAsync(deployment, "pause");

        await service.DoAsync(deployment, "resume");
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(deployment)).Status);
        Assert.Single(await service.EventsAsync(deployment), happened => happened.Type == "pauseRequested");
    }

    [Fact]
    public async Task A_paused_deployment_survives_a_restart_and_goes_on_when_resumed()
    {
        await using var own = await TestServer.StartAsync();
        var service = await Scripted.NewAsync(own, Scripted.Stage("one", "waiting: 1h", "succeeded"), Scripted.Stage("two"));
        var deployment = await service.DeployAsync();
        await service.RunsAsync(deployment);
        await service.DoAsync(deployment, "pause");
        await service.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        await own.RestartAsync();
        Assert.Equal(DeploymentStatus.Paused, (await service.UntilAsync(deployment, _ => true)).Status);
        await service.DoAsync(deployment, "resume");
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(deployment)).Status);
    }

    [Fact]
    public async Task A_cancelled_deployment_takes_back_what_it_has_changed()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 1h", "succeeded"), Scripted.Stage("two"));
        var deployment = await service.DeployAsync();
        await service.RunsAsync(deployment);
        await service.DoAsync(deployment, "cancel");
        var ended = await service.EndAsync(deployment);
        Assert.Equal(DeploymentStatus.Cancelled, ended.Status);
        Assert.Equal(["one Succeeded", "two Skipped", "undo Succeeded"], ended.Stages.Select(stage => $"{stage.Name} {stage.Status}"));
        Assert.Null((await service.TargetAsync()).Hold);
    }

    [Fact]
    public async Task A_waiting_deployment_is_cancelled_at_once()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("long", "waiting: 1h"));
        var first = await service.DeployAsync();
        var second = await service.DeployAsync();
        Assert.Equal(DeploymentStatus.Cancelled, (await service.DoAsync(second, "cancel")).Status);
        Assert.Null((await service.TargetAsync()).QueuedDeployment);
        Assert.Equal(DeploymentStatus.Cancelled, (await service.DoAsync(second, "cancel")).Status);
        await (await service.AskAsync(second, "resume")).ShouldRefuseAsync(HttpStatusCode.Conflict, "deployment_finished");
        await service.DoAsync(first, "rollback");
        await service.EndAsync(first);
    }

    [Fact]
    public async Task A_rollback_goes_back_in_the_middle_of_a_stage_and_holds_the_target()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("long", "waiting: 1h"));
        await service.FinishAsync();
        var deployment = await service.DeployAsync("2.0");
        await service.RunsAsync(deployment);
        await service.DoAsync(deployment, "rollback");
        Assert.Equal(DeploymentStatus.RolledBack, (await service.EndAsync(deployment)).Status);
        var target = await service.TargetAsync();
        Assert.Equal("1.0", target.Version!.Value.Value);
        Assert.Contains("2.0 was rolled back", target.Hold!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("rollback")]
    public async Task What_is_over_or_unknown_takes_no_requests(string verb)
    {
        var service = await Scripted.NewAsync(server);
        var ended = await service.FinishAsync();
        await (await service.AskAsync(ended, verb)).ShouldRefuseAsync(HttpStatusCode.Conflict, "deployment_finished");
        await (await server.Http.PostTextAsync($"/api/v1/deployments/d-zzzzzzzzzz/{verb}", "{}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "deployment_not_found");
        await (await server.Http.PostTextAsync($"/api/v1/deployments/not-an-id/{verb}", "{}")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }
}
