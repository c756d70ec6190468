using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Tests.Instances;

[OnBothDatabases]
public sealed class ConnectingTests
{
    [Fact]
    public async Task The_newest_connection_of_an_instance_wins()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var older = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await older.ConnectAsync();
        await using var newer = new FakeAgent(server, "web-1", older.ServerId, System.Security.Cryptography.ECDsa.Create(older.Key.ExportParameters(true)));
        await newer.ConnectAsync();
        await older.ClosedAsync();
        Assert.Equal("replaced", older.CloseReason);

        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", newer);

        Assert.Equal(1UL, (await newer.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
        Assert.True((await server.StatusAsync(newer)).Connected);
    }

    [Fact]
    public async Task An_instance_that_goes_away_or_leaves_is_seen_as_away()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        Assert.True((await server.StatusAsync(agent)).Connected);
        await agent.SayAsync(new() { Leaving = new() { Reason = "told to" } });
        await server.SeesAsync(agent, status => !status.Connected);

        await agent.ConnectAsync();
        Assert.True((await server.StatusAsync(agent)).Connected);
        agent.Drop();
        await server.SeesAsync(agent, status => !status.Connected);
    }

    [Fact]
    public async Task A_heartbeat_is_answered_with_what_was_lost_on_the_way()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        var heartbeat = new Heartbeat { Services = { new ServiceGeneration { Service = "checkout", Generation = 0 } } };
        await agent.SayAsync(new() { Heartbeat = heartbeat });

        var answer = (await agent.HearAsync(ToAgent.BodyOneofCase.HeartbeatAnswer)).HeartbeatAnswer;
        Assert.Equal(1UL, Assert.Single(answer.Assignments).Generation);

        heartbeat.Services[0].Generation = 1;
        await agent.SayAsync(new() { Heartbeat = heartbeat });
        Assert.Empty((await agent.HearAsync(ToAgent.BodyOneofCase.HeartbeatAnswer)).HeartbeatAnswer.Assignments);
    }

    [Fact]
    public async Task What_should_be_prepared_is_said_again_on_return_until_it_is()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await server.Get<IFleet>().PrepareAsync(FleetSetup.Target, [agent.Name], FleetSetup.V2, "d-2/prepare/1", CancellationToken.None);

        Assert.Equal("2", Assert.Single((await agent.ConnectAsync()).Prepares).Release.Version);
        Assert.Single((await agent.ConnectAsync()).Prepares);
        await agent.SayAsync(new() { PrepareStatus = new() { Service = "checkout", Version = "2", State = PrepareState.PrepareDone, Cause = "d-2/prepare/1" } });
        await server.SeesAsync(agent, status => status.Prepare?.State == PrepareState.PrepareDone);
        Assert.Empty((await agent.ConnectAsync()).Prepares);
    }

    [Fact]
    public async Task A_connected_instance_is_asked_to_prepare_at_once()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await server.Get<IFleet>().PrepareAsync(FleetSetup.Target, [agent.Name], FleetSetup.V2, "d-2/prepare/1", CancellationToken.None);
        Assert.Equal("2", (await agent.HearAsync(ToAgent.BodyOneofCase.Prepare)).Prepare.Release.Version);
    }

    [Fact]
    public async Task Garbage_ends_the_connection_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await agent.SayBytesAsync([0xff, 0xff, 0xff, 0xff]);
        await agent.ClosedAsync();
        Assert.Equal("bad_message", agent.CloseReason);

        await agent.ConnectAsync();
        await agent.SayBytesAsync(new byte[MessageReader.MaximumSize + 1]);
        await agent.ClosedAsync();
        Assert.Equal("bad_message", agent.CloseReason);
    }

    [Fact]
    public async Task Statuses_of_services_that_are_not_the_instances_own_are_ignored()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await agent.ReportAsync("payroll", 5, ServiceState.Healthy, "1");
        await agent.ReportAsync("checkout", ulong.MaxValue, ServiceState.Healthy, "1");
        await agent.ReportAsync("Not a name", 1, ServiceState.Healthy, "1");
        Assert.True(await agent.HearsNothingAsync(ToAgent.BodyOneofCase.Assign));
        Assert.Null((await server.StatusAsync(agent)).Reported);
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye_and_does_not_wait()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        var begun = DateTime.UtcNow;
        await server.RestartAsync();
        await agent.ClosedAsync();
        Assert.Equal("server_stopping", agent.CloseReason);
        Assert.True(DateTime.UtcNow - begun < TimeSpan.FromSeconds(20));
        await agent.ConnectAsync();
    }

    [Fact]
    public async Task Members_are_those_of_the_target_in_the_order_of_their_names()
    {
        await using var server = await TestServer.StartAsync();
        await using var b = await FakeAgent.JoinAsync(server, "b", "production", "checkout");
        await using var a = await FakeAgent.JoinAsync(server, "a", "production", "checkout", "billing");
        await using var elsewhere = await FakeAgent.JoinAsync(server, "c", "staging", "checkout");
        await using var other = await FakeAgent.JoinAsync(server, "d", "production", "billing");
        await b.ConnectAsync();
        var members = await server.Get<IFleet>().MembersAsync(FleetSetup.Target, CancellationToken.None);
        Assert.Equal([new FleetMember(InstanceName.Parse("a"), false), new FleetMember(InstanceName.Parse("b"), true)], members);
    }
}
