using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances;

namespace Slipway.Server.Tests.Instances;

[OnBothDatabases]
public sealed class AssigningTests
{
    [Fact]
    public async Task A_connected_instance_is_told_at_once_and_its_word_is_seen()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        Assert.Empty((await agent.ConnectAsync()).Assignments);

        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);

        var assign = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal(("checkout", 1UL, "d-1/activate/1"), (assign.Service, assign.Generation, assign.Cause));
        Assert.Equal(("1", "production", "./run"), (assign.Release.Version, assign.Release.Environment, assign.Release.Spec.Command.Arguments[0]));
        await agent.ReportAsync("checkout", 1, ServiceState.Healthy, "1", assign.Cause);
        var status = await server.SeesAsync(agent, status => status.Reported?.State == ServiceState.Healthy);
        Assert.True(status.IsCurrent);
    }

    [Fact]
    public async Task The_same_cause_again_is_only_told_again()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();

        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        await server.AssignAsync(FleetSetup.V2, "d-2/activate/1", agent);

        Assert.Equal(1UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
        Assert.Equal(1UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
        Assert.Equal(2UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
    }

    [Fact]
    public async Task An_assignment_is_there_after_a_restart_and_an_instance_that_was_away_gets_it_when_it_returns()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        await server.RestartAsync();

        var status = await server.StatusAsync(agent);
        Assert.Equal((FleetSetup.V1, "d-1/activate/1", 1UL), (status.Assigned, status.AssignedCause, status.AssignedGeneration));
        var assign = Assert.Single((await agent.ConnectAsync()).Assignments);
        Assert.Equal((1UL, "1"), (assign.Generation, assign.Release.Version));
    }

    [Fact]
    public async Task Nothing_assigned_means_the_service_is_stopped()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();

        await server.AssignAsync(null, "d-1/restore/1", agent);

        Assert.Null((await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Release);
    }

    [Fact]
    public async Task What_agents_said_is_stored_behind_and_known_after_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        for (var restarts = 0; restarts < 100; restarts++)
            await agent.SayAsync(new() { Status = new() { Service = "checkout", State = ServiceState.Starting, Restarts = restarts } });

        await agent.ReportAsync("checkout", 0, ServiceState.Healthy, "1");
        await server.StoresAsync(db => db.Set<InstanceStatusRow>().AnyAsync(row => row.State == "healthy" && row.RunningVersion == "1"));
        await server.RestartAsync();

        Assert.Equal(ServiceState.Healthy, (await server.StatusAsync(agent)).Reported?.State);
    }
}
