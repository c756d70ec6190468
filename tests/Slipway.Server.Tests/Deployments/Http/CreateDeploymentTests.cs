using System.Net;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Scripted;

namespace Slipway.Server.Tests.Deployments.Http;

[OnBothDatabases]
public sealed class CreateDeploymentTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_deployment_starts_at_once_walks_its_plan_and_changes_the_target()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one"), Scripted.Stage("two"));
        var response = await service.PostAsync(service.Request());
        var created = await response.ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/deployments/{created.Id}", response.Headers.Location?.OriginalString);
        Assert.Equal(DeploymentStatus.Running, created.Status);
        Assert.Equal(["one", "two"], created.Plan.Stages.Select(stage => stage.Name));

        var ended = await service.EndAsync(created);
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.All(ended.Stages, stage => Assert.Equal(StageStatus.Succeeded, stage.Status));
        var target = await service.TargetAsync();
        Assert.Equal((VersionName.Parse("1.0"), ended.Id), (target.Version!.Value, target.Deployment!.Value));
        Assert.Null(target.RunningDeployment);
    }

    [Fact]
    public async Task While_one_runs_the_next_waits_and_a_newer_one_supersedes_it()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("long", "waiting: 1h"));
        await service.PublishAsync("2.0");
        await service.PublishAsync("3.0");
        var first = await service.DeployAsync();
        var second = await service.DeployAsync("2.0");
        Assert.Equal(DeploymentStatus.Queued, second.Status);
        var third = await service.DeployAsync("3.0");
        Assert.Equal(DeploymentStatus.Superseded, (await service.EndAsync(second)).Status);
        Assert.Equal(third.Id, (await service.TargetAsync()).QueuedDeployment);

        await service.DoAsync(first, "rollback");
        Assert.Equal(DeploymentStatus.RolledBack, (await service.EndAsync(first)).Status);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(third)).Status);
        Assert.Equal(VersionName.Parse("3.0"), (await service.TargetAsync()).Version);
    }

    [Fact]
    public async Task Who_may_only_read_may_see_the_plan_and_not_deploy()
    {
        var service = await Scripted.NewAsync(server);
        var made = await (await server.Http.PostTextAsync("/api/v1/tokens", """{"name":"reader","scope":"read"}""")).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        using var reader = server.As(made.Secret);
        await (await reader.PostAsync("/api/v1/deployments", service.Request() with { DryRun = true })).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        await (await reader.PostAsync("/api/v1/deployments", service.Request())).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty(await service.DeploymentsAsync());
    }

    [Fact]
    public async Task A_config_revision_that_can_not_be_and_a_reason_that_is_a_book_are_refused()
    {
        var service = await Scripted.NewAsync(server);
        foreach (var wrong in (int[])[0, -1])
            await (await service.PostAsync(service.Request() with { ConfigRevision = wrong })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");

        await (await service.PostAsync(service.Request() with { Reason = new string('x', 501) })).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Empty(await service.DeploymentsAsync());
    }

    [Fact]
    public async Task A_number_of_instances_may_be_a_number()
    {
        var service = await Scripted.NewAsync(server);
        var json = $$$"""{"service":"{{{service.Name}}}","environment":"production","dryRun":true,"strategy":{"kind":"rolling","batch":2}}""";
        await (await server.Http.PostTextAsync("/api/v1/deployments", json)).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        await (await server.Http.PostTextAsync("/api/v1/deployments", json.Replace("2}", "0}", StringComparison.Ordinal))).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_dry_run_answers_the_plan_and_changes_nothing()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one"), Scripted.Stage("two"));
        var plan = await (await service.PostAsync(service.Request() with { DryRun = true })).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        Assert.Equal(["one", "two"], plan.Stages.Select(stage => stage.Name));
        Assert.Equal(VersionName.Parse("1.0"), plan.Changes.ToVersion);
        Assert.Null(plan.Changes.FromVersion);
        Assert.Empty(await service.DeploymentsAsync());
    }

    [Fact]
    public async Task The_plan_says_what_changes_and_how_long_it_took_before()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0");
        await service.FinishAsync();
        var plan = await (await service.PostAsync(service.Request("2.0") with { DryRun = true })).ShouldBeAsync<Plan>(HttpStatusCode.OK);
        Assert.Equal(VersionName.Parse("1.0"), plan.Changes.FromVersion);
        Assert.NotNull(plan.ExpectedDuration);
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_makes_one_deployment()
    {
        var service = await Scripted.NewAsync(server);
        var first = await (await service.PostAsync(service.Request(), "once")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        var second = await (await service.PostAsync(service.Request(), "once")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        Assert.Equal(first.Id, second.Id);
        await service.EndAsync(first);
        Assert.Single(await service.DeploymentsAsync());
    }

    [Fact]
    public async Task Without_a_version_the_newest_is_deployed()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("0.9-hotfix");
        Assert.Equal(VersionName.Parse("0.9-hotfix"), (await service.FinishAsync(null)).Version);
    }

    [Fact]
    public async Task Many_targets_are_deployed_at_the_same_time()
    {
        var services = new List<Scripted>();
        for (var i = 0; i < 10; i++)
            services.Add(await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 50ms", "succeeded"), Scripted.Stage("two")));

        var ended = await Task.WhenAll(services.Select(service => service.FinishAsync()));
        Assert.All(ended, deployment => Assert.Equal(DeploymentStatus.Succeeded, deployment.Status));
    }

    [Fact]
    public async Task What_is_asked_at_the_same_instant_ends_with_one_version_and_a_complete_story()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0");
        var created = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => service.DeployAsync(i % 2 == 0 ? "1.0" : "2.0")));
        var ended = await Task.WhenAll(created.Select(service.EndAsync));
        Assert.All(ended, deployment => Assert.True(deployment.Status is DeploymentStatus.Succeeded or DeploymentStatus.Superseded));
        var last = ended.Where(deployment => deployment.Status == DeploymentStatus.Succeeded).MaxBy(deployment => deployment.StartedAt)!;
        Assert.Equal(last.Version, (await service.TargetAsync()).Version);
    }

    [Fact]
    public async Task What_is_unknown_is_named()
    {
        var service = await Scripted.NewAsync(server);
        var request = service.Request();
        await (await service.PostAsync(request with { Service = ServiceName.Parse("nobody") })).ShouldRefuseAsync(HttpStatusCode.NotFound, "service_not_found");
        await (await service.PostAsync(request with { Environment = EnvironmentName.Parse("nowhere") })).ShouldRefuseAsync(HttpStatusCode.NotFound, "environment_not_found");
        await (await service.PostAsync(service.Request("9.9"))).ShouldRefuseAsync(HttpStatusCode.NotFound, "version_not_found");
        await (await service.PostAsync(request with { ConfigRevision = 7 })).ShouldRefuseAsync(HttpStatusCode.NotFound, "config_revision_not_found");
        Assert.Empty(await service.DeploymentsAsync());
    }

    [Fact]
    public async Task What_can_not_be_planned_is_refused_with_the_types_own_reason()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", null, new ScriptedSettings { Impossible = "There is no room." });
        var problem = await (await service.PostAsync(service.Request("2.0"))).ShouldRefuseAsync(HttpStatusCode.Conflict, "impossible");
        Assert.Equal("There is no room.", problem.Detail);
    }
}
