using System.Net;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Targets;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Targets;

[OnBothDatabases]
public sealed class RestartTargetTests : IAsyncLifetime
{
    private const string Path = "/api/v1/targets/checkout/production/restart";
    private TestServer server = null!;
    private FakeAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        await server.PublishAsync();
        agent = await FakeAgent.JoinAsync(server, "shop-1", "production", "checkout");
        await server.RunsAsync(FleetSetup.V1);
        var welcome = await agent.ConnectAsync();
        await agent.ReportAsync("checkout", Assert.Single(welcome.Assignments).Generation, ServiceState.Healthy, "1");
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_is_a_deployment_of_the_same_release_that_starts_it_anew()
    {
        await server.ChangeAsync(async db => (await db.Set<TargetRow>().SingleAsync()).Hold = new() { Reason = "holidays", PlacedBy = "anna", PlacedAt = DateTimeOffset.UtcNow });
        var before = await TargetAsync();
        var deployment = await RestartAsync("k-1");
        Assert.Equal((DeploymentKind.Restart, "1"), (deployment.Kind, deployment.Version.Value));
        var assign = await IsToldAsync();
        Assert.Equal(("1", assign.Generation), (assign.Release.Version, assign.RestartGeneration));
        await agent.ReportAsync("checkout", assign.Generation, ServiceState.Healthy, "1", assign.Cause);
        var ended = await EndAsync(deployment);
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.Contains(ended.Stages, stage => stage.Kind == "restart");
        Assert.Equivalent(before, await TargetAsync());
        Assert.Equal(deployment.Id, (await RestartAsync("k-1")).Id);
    }

    [Fact]
    public async Task A_restart_that_fails_is_stopped_and_says_nothing_about_the_version()
    {
        var deployment = await RestartAsync();
        var assign = await IsToldAsync();
        await agent.ReportAsync("checkout", assign.Generation, ServiceState.Failed, "1", assign.Cause);
        var again = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal(("1", 0ul), (again.Release.Version, again.RestartGeneration));
        await agent.ReportAsync("checkout", again.Generation, ServiceState.Healthy, "1", again.Cause);
        Assert.Equal(DeploymentStatus.RolledBack, (await EndAsync(deployment)).Status);
        Assert.Null((await TargetAsync()).Hold);
        Assert.Empty(await server.ReadAsync(db => db.Set<VersionRow>().Where(row => row.BadBecause != null).ToListAsync()));
    }

    [Fact]
    public async Task An_agent_that_comes_back_is_told_the_same_restart_and_not_another()
    {
        var deployment = await RestartAsync();
        var assign = await IsToldAsync();
        agent.Drop();
        await agent.ClosedAsync();
        var welcome = await agent.ConnectAsync(FakeAgent.Status("checkout", assign.Generation, ServiceState.Starting, "1", assign.Cause));
        Assert.Equal((assign.Generation, assign.RestartGeneration), (welcome.Assignments[0].Generation, welcome.Assignments[0].RestartGeneration));
        await agent.ReportAsync("checkout", assign.Generation, ServiceState.Healthy, "1", assign.Cause);
        Assert.Equal(DeploymentStatus.Succeeded, (await EndAsync(deployment)).Status);
        await server.RestartAsync();
        var after = await agent.ConnectAsync(FakeAgent.Status("checkout", assign.Generation, ServiceState.Healthy, "1", assign.Cause));
        Assert.Equal((assign.Generation, assign.RestartGeneration), (after.Assignments[0].Generation, after.Assignments[0].RestartGeneration));
    }

    [Fact]
    public async Task The_plan_of_a_restart_changes_nothing()
    {
        var plan = await (await server.Http.PostTextAsync(Path, """{"dryRun":true}""")).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        Assert.Contains(plan.Stages, stage => stage.Description == "Restart 1 on 1 instance and check health");
        Assert.Equal(plan.Changes.FromVersion, plan.Changes.ToVersion);
        Assert.Null((await TargetAsync()).RunningDeployment);
    }

    [Fact]
    public async Task Nothing_is_restarted_where_nothing_runs_or_something_is_under_way()
    {
        await (await server.Http.PostTextAsync("/api/v1/targets/checkout/staging/restart", "{}")).ShouldRefuseAsync(HttpStatusCode.Conflict, "nothing_to_restart");
        await RestartAsync();
        await (await server.Http.PostTextAsync(Path, "{}")).ShouldRefuseAsync(HttpStatusCode.Conflict, "deployment_under_way");
        await (await server.Http.PostTextAsync(Path, """{"dryRun":true}""")).ShouldRefuseAsync(HttpStatusCode.Conflict, "deployment_under_way");
    }

    private async Task<Deployment> RestartAsync(string? key = null) =>
        await (await server.Http.PostTextAsync(Path, """{"reason":"a new certificate"}""", key)).ShouldBeAsync<Deployment>(HttpStatusCode.Created);

    /// <summary>The prepare stage is answered on the way.</summary>
    private async Task<Assign> IsToldAsync()
    {
        var prepare = (await agent.HearAsync(ToAgent.BodyOneofCase.Prepare)).Prepare;
        await agent.SayAsync(new() { PrepareStatus = new() { Service = "checkout", Version = "1", State = PrepareState.PrepareDone, Cause = prepare.Cause } });
        return (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
    }

    private Task<Target> TargetAsync() => server.Http.GetAsync<Target>("/api/v1/targets/checkout/production");

    private async Task<Deployment> EndAsync(Deployment deployment)
    {
        Deployment now = deployment;
        await server.WaitAsync(async () => (now = await server.Http.GetAsync<Deployment>($"/api/v1/deployments/{deployment.Id}")).FinishedAt is not null);
        return now;
    }
}
