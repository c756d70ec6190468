using System.Net;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Live;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Cluster;

/// <summary>Agents speak with any node, and every node knows and reaches them all.</summary>
public sealed class FleetOnNodesTests : IAsyncLifetime
{
    private TestNodes nodes = null!;

    private TestServer First => nodes[0];

    private TestServer Second => nodes[1];

    public async ValueTask InitializeAsync()
    {
        nodes = await TestNodes.StartAsync();
        await First.PublishAsync();
    }

    public async ValueTask DisposeAsync() => await nodes.DisposeAsync();

    [Fact]
    public async Task An_agent_that_has_joined_at_one_node_speaks_with_another_the_next_moment()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(Second).ConnectAsync();

        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);
    }

    [Fact]
    public async Task What_one_node_assigns_another_tells_and_the_answer_is_known_to_both()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(Second).ConnectAsync();
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);

        await First.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        var told = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
        Assert.Equal((1UL, "1", "d-1/activate/1"), (told.Generation, told.Release.Version, told.Cause));

        await agent.ReportAsync("checkout", 1, ServiceState.Healthy, "1");
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Reported is { RunningVersion: "1" });
        Assert.Equal("1", (await Second.StatusAsync(agent)).Assigned?.Version.Value);
    }

    [Fact]
    public async Task What_is_to_be_prepared_reaches_an_agent_of_another_node_and_how_it_went_comes_back()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(Second).ConnectAsync();
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);

        await First.Get<IFleet>().PrepareAsync(FleetSetup.Target, [agent.Name], FleetSetup.V2, "d-2/prepare/1", CancellationToken.None);
        Assert.Equal("2", (await agent.HearAsync(ToAgent.BodyOneofCase.Prepare)).Prepare.Release.Version);

        await agent.SayAsync(new ToServer { PrepareStatus = new() { Service = "checkout", Version = "2", State = PrepareState.PrepareDone, Cause = "d-2/prepare/1" } });
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Prepare is { State: PrepareState.PrepareDone });
    }

    [Fact]
    public async Task An_agent_that_goes_on_to_another_node_is_the_other_ones_and_its_old_line_is_closed()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await TestNodes.UntilAsync(async () => (await Second.StatusAsync(agent)).Connected);
        await using var again = new FakeAgent(Second, "web-1", agent.ServerId, agent.Key);
        await again.ConnectAsync();

        await agent.ClosedAsync();
        Assert.Equal("replaced", agent.CloseReason);
        await First.AssignAsync(FleetSetup.V1, "d-1/activate/1", again);
        Assert.Equal(1UL, (await again.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation);
    }

    [Fact]
    public async Task An_agent_that_hangs_up_at_one_node_is_away_for_all()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.ConnectAsync();
        await TestNodes.UntilAsync(async () => (await Second.StatusAsync(agent)).Connected);
        agent.Drop();

        await TestNodes.UntilAsync(async () => !(await Second.StatusAsync(agent)).Connected);
    }

    [Fact]
    public async Task The_agents_of_a_node_that_is_gone_are_away_until_they_speak_with_another()
    {
        var third = await nodes.AddAsync();
        await nodes.KnowEachOtherAsync();
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(third).ConnectAsync();
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);

        await nodes.RemoveAsync(third);
        await TestNodes.UntilAsync(async () => !(await First.StatusAsync(agent)).Connected);

        await agent.At(Second).ConnectAsync();
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);
    }

    [Fact]
    public async Task Two_nodes_that_assign_at_the_same_moment_make_two_generations()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await TestNodes.UntilAsync(() => Second.Get<LiveFleet>().Find(agent.Name) is not null);

        await Task.WhenAll(Enumerable.Range(1, 10).Select(number =>
            (number % 2 == 0 ? First : Second).AssignAsync(number % 2 == 0 ? FleetSetup.V1 : FleetSetup.V2, $"d-{number}/activate/1", agent)));

        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).AssignedGeneration == 10 && (await Second.StatusAsync(agent)).AssignedGeneration == 10);
        Assert.Equal((await First.StatusAsync(agent)).AssignedCause, (await Second.StatusAsync(agent)).AssignedCause);
    }

    [Fact]
    public async Task Whoever_is_out_of_date_about_a_deployment_assigns_nothing()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        var deployment = DeploymentId.New();
        await First.ChangeAsync(db => db.Database.ExecuteSqlAsync(
            $"""INSERT INTO deployments ("Id", "Service", "Environment", "Version", "ConfigRevision", "Status", "CreatedAt", "Sequence", "Order", "View") VALUES ({deployment.Value}, 'checkout', 'production', '2', 0, 'Running', 0, 8, 0, '')"""));

        var stale = First.Get<IFleet>().AssignAsync(FleetSetup.Target, [agent.Name], FleetSetup.V2, $"{deployment}/activate/1", new Fence(deployment, 7), CancellationToken.None);
        await Assert.ThrowsAsync<StaleWriterException>(() => stale);
        Assert.Equal(0UL, (await First.StatusAsync(agent)).AssignedGeneration);

        await First.Get<IFleet>().AssignAsync(FleetSetup.Target, [agent.Name], FleetSetup.V2, $"{deployment}/activate/1", new Fence(deployment, 8), CancellationToken.None);
        Assert.Equal(1UL, (await First.StatusAsync(agent)).AssignedGeneration);
    }

    [Fact]
    public async Task The_lines_of_a_service_are_read_at_a_node_that_its_agent_does_not_speak_with()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(Second).ConnectAsync(new ServiceStatus { Service = "checkout", State = ServiceState.Healthy, Generation = 0 });
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);

        var reading = First.Http.GetStringAsync("/api/v1/instances/web-1/services/checkout/logs");
        var tail = (await agent.HearAsync(ToAgent.BodyOneofCase.TailLogs)).TailLogs;
        await agent.SayAsync(new ToServer { LogChunk = new() { Tail = tail.Tail, Lines = { "one", "two" }, End = true } });

        var lines = await reading;
        Assert.Contains("\"line\":\"one\"", lines, StringComparison.Ordinal);
        Assert.Contains("\"line\":\"two\"", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_is_deleted_at_one_node_is_cut_off_at_another()
    {
        await using var agent = await FakeAgent.JoinAsync(First, "web-1", "production", "checkout");
        await agent.At(Second).ConnectAsync();
        await TestNodes.UntilAsync(async () => (await First.StatusAsync(agent)).Connected);

        using var answer = await First.Http.DeleteAsync("/api/v1/instances/web-1");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        await agent.ClosedAsync();
        Assert.Equal("revoked", agent.CloseReason);
        await TestNodes.UntilAsync(() => Second.Get<LiveFleet>().Find(agent.Name)?.Facts.RevokedAt is not null);
        await Assert.ThrowsAsync<WebSocketException>(() => agent.ConnectAsync());
    }
}
