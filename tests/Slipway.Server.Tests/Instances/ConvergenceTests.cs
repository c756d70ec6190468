using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Instances;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Tests.Instances;

[OnBothDatabases]
public sealed class ConvergenceTests
{
    private static readonly DeploymentId Running = DeploymentId.New();

    [Fact]
    public async Task Who_joins_in_mid_deployment_gets_what_unchanged_peers_have()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await server.RunsAsync(FleetSetup.V1, Running);
        await using var peer = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await server.AssignAsync(FleetSetup.V2, $"{Running}/activate/1", peer);

        await using var late = await FakeAgent.JoinAsync(server, "web-2", "production", "checkout");

        var assign = Assert.Single((await late.ConnectAsync()).Assignments);
        Assert.Equal(("1", 1UL, "convergence"), (assign.Release.Version, assign.Generation, assign.Cause));
        Assert.Equal(FleetSetup.V2, (await server.StatusAsync(peer)).Assigned);
    }

    [Fact]
    public async Task Who_joined_before_anything_was_deployed_gets_it_when_it_returns()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        Assert.Empty((await agent.ConnectAsync()).Assignments);
        await server.RunsAsync(FleetSetup.V1);
        Assert.Equal("1", Assert.Single((await agent.ConnectAsync()).Assignments).Release.Version);
    }

    [Fact]
    public async Task After_a_deployment_everybody_left_behind_is_brought_along_twice_is_once()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await server.RunsAsync(FleetSetup.V1);
        await using var done = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await using var behind = await FakeAgent.JoinAsync(server, "web-2", "production", "checkout");
        await behind.ConnectAsync();
        await server.AssignAsync(FleetSetup.V2, "d-2/activate/1", done);
        await server.RunsAsync(FleetSetup.V2);
        for (var time = 0; time < 2; time++)
            await server.Get<IConvergence>().RunAsync(FleetSetup.Target, CancellationToken.None);

        var assign = (await behind.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal(("2", 2UL), (assign.Release.Version, assign.Generation));
        Assert.Equal(2UL, (await server.StatusAsync(behind)).AssignedGeneration);
        Assert.Equal("d-2/activate/1", (await server.StatusAsync(done)).AssignedCause);
    }

    [Fact]
    public async Task A_service_taken_away_is_stopped_and_one_given_gets_what_its_target_runs()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await server.RunsAsync(FleetSetup.V1);
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();

        await PatchAsync(server, "billing");
        var stop = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal(("checkout", 2UL), (stop.Service, stop.Generation));
        Assert.Null(stop.Release);
        Assert.Empty(await server.Get<DeploymentTypes.Trigger.IFleet>().MembersAsync(FleetSetup.Target, CancellationToken.None));

        await PatchAsync(server, "billing", "checkout");
        var start = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal(("checkout", 3UL, "1"), (start.Service, start.Generation, start.Release.Version));
    }

    [Fact]
    public async Task After_a_restored_database_generations_go_on_above_what_agents_know()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);

        var welcome = await agent.ConnectAsync(FakeAgent.Status("checkout", 40, ServiceState.Healthy, "2", "d-9/activate/1"));

        var told = Assert.Single(welcome.Assignments);
        Assert.Equal((40UL, "2", "d-9/activate/1"), (told.Generation, told.Release.Version, told.Cause));
        Assert.Equal(40, await server.ReadAsync(db => db.Set<AssignmentRow>().Select(row => row.Generation).SingleAsync()));
        await server.AssignAsync(FleetSetup.V1, "d-10/activate/1", agent);
        Assert.Equal(41UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
    }

    [Fact]
    public async Task A_generation_reported_later_counts_for_the_next_assignment_too()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await agent.ReportAsync("checkout", 7, ServiceState.Healthy, "1");
        await server.SeesAsync(agent, status => status.Reported?.Generation == 7);
        await server.AssignAsync(FleetSetup.V2, "d-2/activate/1", agent);
        Assert.Equal(8UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
        Assert.Equal(8, await server.ReadAsync(db => db.Set<AssignmentRow>().Select(row => row.Generation).SingleAsync()));
    }

    [Fact]
    public void An_agents_higher_generation_is_taken_over_with_its_release_if_that_is_known()
    {
        var assigned = new Assignment(true, FleetSetup.V1, 4, "d-1/a/1");
        var reported = FakeAgent.Status("checkout", 9, ServiceState.Healthy, "2", "d-2/a/1");
        Assert.Equal(new(true, FleetSetup.V2, 9, "d-2/a/1"), ConvergenceRules.Reconcile(assigned, reported, isKnownVersion: true));
        Assert.Equal(new(true, FleetSetup.V1, 9, "d-2/a/1"), ConvergenceRules.Reconcile(assigned, reported, isKnownVersion: false));
    }

    [Fact]
    public void The_same_generation_for_something_else_is_said_again_with_the_next_number()
    {
        var assigned = new Assignment(true, FleetSetup.V1, 4, "d-1/a/1");
        Assert.Equal(assigned with { Generation = 5 }, ConvergenceRules.Reconcile(assigned, FakeAgent.Status("checkout", 4, ServiceState.Healthy, "2", "d-2/a/1"), true));
        Assert.Equal(assigned, ConvergenceRules.Reconcile(assigned, FakeAgent.Status("checkout", 4, ServiceState.Healthy, "1", "d-2/a/1"), true));
        Assert.Equal(assigned, ConvergenceRules.Reconcile(assigned, FakeAgent.Status("checkout", 3, ServiceState.Healthy, "2", "d-2/a/1"), true));
    }

    [Fact]
    public void What_a_running_deployment_has_changed_is_left_to_it()
    {
        var changed = new Assignment(true, FleetSetup.V2, 4, $"{Running}/activate/1");
        Assert.False(ConvergenceRules.IsLeftBehind(changed, FleetSetup.V1, Running));
        Assert.True(ConvergenceRules.IsLeftBehind(changed, FleetSetup.V1, running: null));
        Assert.False(ConvergenceRules.IsLeftBehind(changed with { Member = false }, FleetSetup.V1, running: null));
        Assert.False(ConvergenceRules.IsLeftBehind(changed, FleetSetup.V2, running: null));
    }

    private static async Task PatchAsync(TestServer server, params string[] services)
    {
        var patch = JsonContent.Create(new PatchInstance { Services = [.. services.Select(ServiceName.Parse)] }, ContractsJson.Default.PatchInstance);
        using var response = await server.Http.PatchAsync("/api/v1/instances/web-1", patch);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
