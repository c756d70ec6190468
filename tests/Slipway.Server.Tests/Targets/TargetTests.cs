using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Scripted;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Versions;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Targets;

[OnBothDatabases]
public sealed class TargetTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Every_version_of_its_branch_is_deployed_by_itself()
    {
        var service = await TakesMainAsync();
        await service.PublishAsync("2.0", "main", new());
        await service.PublishAsync("3.0", "feature", new());
        var deployment = Assert.Single(await service.DeploymentsAsync("&version=2.0"));
        Assert.True(deployment.Automatic);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(deployment)).Status);
        Assert.Empty(await service.DeploymentsAsync("&version=3.0"));
    }

    [Fact]
    public async Task A_hold_refuses_automatic_deployments_until_it_is_lifted()
    {
        var service = await TakesMainAsync();
        await HoldAsync(service);
        await service.PublishAsync("2.0", "main", new());
        Assert.Empty(await service.DeploymentsAsync("&version=2.0"));
        Assert.Contains(service.Name, (await server.Http.GetAsync<Page<Target>>("/api/v1/targets?held=true")).Items.Select(target => target.Service.Value));

        await (await server.Http.DeleteAsync(Path(service, "/hold"))).ShouldBeAsync<Target>(HttpStatusCode.OK);
        await service.PublishAsync("3.0", "main", new());
        await service.EndAsync(Assert.Single(await service.DeploymentsAsync("&version=3.0")));
    }

    [Fact]
    public async Task Deploying_on_purpose_lifts_the_hold()
    {
        var service = await TakesMainAsync();
        await HoldAsync(service);
        var plan = await (await service.PostAsync(service.Request() with { DryRun = true })).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        Assert.Contains(plan.Warnings, warning => warning.Contains("on hold", StringComparison.Ordinal));
        await service.FinishAsync();
        Assert.Null((await service.TargetAsync()).Hold);
    }

    [Fact]
    public async Task An_automatic_deployment_that_waits_does_not_get_past_a_hold_placed_meanwhile()
    {
        var service = await TakesMainAsync(Scripted.Stage("long", "waiting: 1h"));
        var running = await service.DeployAsync("1.1");
        await service.PublishAsync("2.0", "main", new());
        var waiting = Assert.Single(await service.DeploymentsAsync("&version=2.0"));
        Assert.Equal(DeploymentStatus.Queued, waiting.Status);
        await service.DoAsync(running, "rollback");
        var ended = await service.EndAsync(waiting);
        Assert.Equal(DeploymentStatus.Cancelled, ended.Status);
        Assert.Null(ended.StartedAt);
        Assert.Contains("on hold", (await service.EventsAsync(ended))[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_deploys_the_version_before_holds_the_target_and_marks_the_bad_one()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0");
        await service.FinishAsync();
        await service.FinishAsync("2.0");
        var back = await RollBackAsync(service);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(back)).Status);
        var target = await service.TargetAsync();
        Assert.Equal("1.0", target.Version!.Value.Value);
        Assert.Equal("Taken back to 1.0: it is slow", target.Hold!.Reason);
        Assert.Null(target.PreviousVersion);
        await using var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        var bad = await db.Set<VersionRow>().SingleAsync(row => row.Service == ServiceName.Parse(service.Name) && row.Version == VersionName.Parse("2.0"));
        Assert.StartsWith("taken back by", bad.BadBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_while_a_deployment_runs_takes_that_one_back()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("long", "waiting: 1h"));
        await service.FinishAsync();
        var running = await service.DeployAsync("2.0");
        Assert.Equal(running.Id, (await RollBackAsync(service)).Id);
        Assert.Equal(DeploymentStatus.RolledBack, (await service.EndAsync(running)).Status);
        Assert.Equal("1.0", (await service.TargetAsync()).Version!.Value.Value);
    }

    [Fact]
    public async Task A_rollback_takes_the_settings_back_too()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0");
        await service.FinishAsync();
        await ConfigureAsync(service, "1");
        await service.FinishAsync("2.0");
        await ConfigureAsync(service, "2");
        await service.EndAsync(await RollBackAsync(service));
        Assert.Equal(("1.0", null), await RunsAsync(service));

        var named = await (await server.Http.PostTextAsync(Path(service, "/rollback"), """{"version":"2.0"}""")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        await service.EndAsync(named);
        Assert.Equal(("2.0", 1), await RunsAsync(service));
    }

    [Fact]
    public async Task A_target_that_does_not_exist_can_not_be_taken_back() =>
        await (await server.Http.PostTextAsync("/api/v1/targets/nobody/production/rollback", "{}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "target_not_found");

    [Fact]
    public async Task A_server_that_dies_right_after_storing_a_version_deploys_it_when_it_is_back()
    {
        await using var own = await TestServer.StartAsync();
        var service = await Scripted.NewAsync(own);
        await service.FinishAsync();
        await (await own.Http.SendJsonAsync(HttpMethod.Put, Path(service, "/autoDeploy"), """{"branch":"main"}""")).ShouldBeAsync<Target>(HttpStatusCode.OK);
        await using (var db = await own.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            var now = own.Get<TimeProvider>().GetUtcNow();
            foreach (var (version, age) in ((string, int)[])[("2.0", 2), ("3.0", 1)])
                db.Add(new VersionRow { Service = ServiceName.Parse(service.Name), Version = VersionName.Parse(version), DefinitionRevision = 1, Branch = "main", CreatedAt = now.AddSeconds(-age), FollowUpDue = true });

            await db.SaveChangesAsync();
        }

        await own.RestartAsync();
        await Eventually.TrueAsync(async () => (await service.TargetAsync()).Version == VersionName.Parse("3.0"));
        Assert.Single(await service.DeploymentsAsync("&version=3.0"));
        Assert.Empty(await service.DeploymentsAsync("&version=2.0"));
    }

    [Fact]
    public async Task What_follows_from_a_version_follows_once_however_often_it_is_looked_for()
    {
        var service = await TakesMainAsync();
        await service.PublishAsync("2.0", "main", new());
        await server.Get<IAutomaticDeployments>().VersionPublishedAsync(ServiceName.Parse(service.Name), VersionName.Parse("2.0"), CancellationToken.None);
        Assert.Single(await service.DeploymentsAsync("&version=2.0"));
    }

    [Fact]
    public async Task The_plan_of_a_rollback_changes_nothing_and_knows_how_long_rollbacks_took()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0");
        await service.PublishAsync("3.0");
        await service.FinishAsync();
        await service.FinishAsync("2.0");
        var plan = await PlanRollBackAsync(service);
        Assert.Equal(("2.0", "1.0"), (plan.Changes.FromVersion!.Value.Value, plan.Changes.ToVersion.Value));
        Assert.Null(plan.ExpectedDuration);
        Assert.Equal("2.0", (await service.TargetAsync()).Version!.Value.Value);

        await service.EndAsync(await RollBackAsync(service));
        await service.FinishAsync("3.0");
        Assert.NotNull((await PlanRollBackAsync(service)).ExpectedDuration);
    }

    [Fact]
    public async Task The_plan_of_a_rollback_while_a_deployment_runs_is_that_ones_way_back()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("long", "waiting: 1h"));
        await service.FinishAsync();
        var running = await service.DeployAsync("2.0");
        var plan = await PlanRollBackAsync(service);
        Assert.Equal(("2.0", "1.0"), (plan.Changes.FromVersion!.Value.Value, plan.Changes.ToVersion.Value));
        Assert.Equal(running.Id, (await service.TargetAsync()).RunningDeployment);
        await service.DoAsync(running, "rollback");
        await service.EndAsync(running);
    }

    [Fact]
    public async Task Without_an_earlier_good_version_there_is_nothing_to_roll_back_to()
    {
        var service = await Scripted.NewAsync(server);
        await service.FinishAsync();
        await (await server.Http.PostTextAsync(Path(service, "/rollback"), "{}")).ShouldRefuseAsync(HttpStatusCode.Conflict, "nothing_to_roll_back_to");
    }

    [Fact]
    public async Task A_hold_needs_a_reason_and_an_unknown_target_is_named()
    {
        var service = await TakesMainAsync();
        await (await server.Http.SendJsonAsync(HttpMethod.Put, Path(service, "/hold"), """{"reason":" "}""")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.SendJsonAsync(HttpMethod.Put, "/api/v1/targets/nobody/production/hold", """{"reason":"x"}""")).ShouldRefuseAsync(HttpStatusCode.NotFound, "target_not_found");
        await (await server.Http.GetAsync("/api/v1/targets/nobody/production")).ShouldRefuseAsync(HttpStatusCode.NotFound, "target_not_found");
    }

    private static string Path(Scripted service, string what) => $"/api/v1/targets/{service.Name}/production{what}";

    /// <summary>1.0 runs (unless its stages do not end), and every version of main comes by itself.</summary>
    private async Task<Scripted> TakesMainAsync(params ScriptedStage[] next)
    {
        var service = await Scripted.NewAsync(server);
        await service.FinishAsync();
        await (await server.Http.SendJsonAsync(HttpMethod.Put, Path(service, "/autoDeploy"), """{"branch":"main"}""")).ShouldBeAsync<Target>(HttpStatusCode.OK);
        if (next is not [])
            await service.PublishAsync("1.1", next);

        return service;
    }

    private async Task ConfigureAsync(Scripted service, string value) =>
        await (await server.Http.PostTextAsync(Path(service, "/config"), $$$"""{"values":{"LEVEL":"{{{value}}}"}}""")).ShouldBeAsync<ConfigRevision>(HttpStatusCode.Created);

    private static async Task<(string? Version, int? Config)> RunsAsync(Scripted service)
    {
        var target = await service.TargetAsync();
        return (target.Version?.Value, target.ConfigRevision);
    }

    private async Task HoldAsync(Scripted service) =>
        await (await server.Http.SendJsonAsync(HttpMethod.Put, Path(service, "/hold"), JsonSerializer.Serialize(new PlaceHold { Reason = "holidays" }, ContractsJson.Default.PlaceHold))).ShouldBeAsync<Target>(HttpStatusCode.OK);

    private async Task<Plan> PlanRollBackAsync(Scripted service) =>
        await (await server.Http.PostTextAsync(Path(service, "/rollback"), """{"dryRun":true}""")).ShouldBeAsync<Plan>(HttpStatusCode.OK);

    private async Task<Deployment> RollBackAsync(Scripted service) =>
        await (await server.Http.PostTextAsync(Path(service, "/rollback"), """{"reason":"it is slow"}""")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
}
