using Microsoft.Extensions.Time.Testing;
using Slipway.Server.Telemetry;
using Slipway.Server.Tests.Changes;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task A_deployment_is_counted_when_it_has_ended_and_its_agent_when_it_is_there()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(0, (await Scrape.OfAsync(server))["""slipway_deployments_finished_total{type="trigger",result="succeeded"}"""]);
        await using var agent = await Obedient.ConnectAsync(server);
        var connected = await Scrape.OfAsync(server);
        Assert.Equal(1, connected["""slipway_agents_connected{transport="direct"}"""]);
        Assert.Equal(1, connected["""slipway_instances{transport="direct"}"""]);
        Assert.Equal(0, connected["""slipway_instances{transport="aws"}"""]);

        var deployment = await Obedient.AskAsync(server);
        await Obedient.PrepareAsync(agent);
        await Obedient.ActivateAsync(agent);
        await Obedient.EndAsync(server, deployment);

        var after = await Scrape.OfAsync(server);
        Assert.Equal(1, after["""slipway_deployments_finished_total{type="trigger",result="succeeded"}"""]);
        Assert.Equal(1, after["""slipway_deployment_duration_seconds_count{type="trigger",result="succeeded"}"""]);
        Assert.Equal(1, after["""slipway_command_latency_seconds_count{transport="direct"}"""]);
        Assert.True(after["""slipway_database_command_duration_seconds_count{command="insert"}"""] > 0);
        Assert.True(after["""slipway_database_command_duration_seconds_count{command="select"}"""] > 0);
        Assert.Contains(after.Series, name => name.StartsWith("slipway_grain_activations{grain=", StringComparison.Ordinal));

        agent.Drop();
        await server.SeesAsync(agent, status => !status.Connected);
        Assert.Equal(0, (await Scrape.OfAsync(server))["""slipway_agents_connected{transport="direct"}"""]);
    }

    [Fact]
    public async Task Being_told_the_same_again_is_not_a_second_command()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await Obedient.ConnectAsync(server);
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        await Obedient.ActivateAsync(agent);
        await Obedient.ActivateAsync(agent);

        // What it is told next replaces a command about which it has not been heard yet.
        await server.SeesAsync(agent, status => status.Reported?.Generation == 1);
        await server.AssignAsync(FleetSetup.V2, "d-2/activate/1", agent);
        await Obedient.ActivateAsync(agent);
        await server.SeesAsync(agent, status => status.Reported?.Generation == 2);
        Assert.Equal(2, (await Scrape.OfAsync(server))["""slipway_command_latency_seconds_count{transport="direct"}"""]);
    }

    [Fact]
    public async Task What_runs_and_what_waits_is_read_from_the_database_at_most_every_few_seconds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(clock);
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 1h"));
        await service.RunsAsync(await service.DeployAsync());
        Assert.Equal(1, (await Scrape.OfAsync(server))["""slipway_deployments{state="running"}"""]);

        await service.DeployAsync();
        Assert.Equal(0, (await Scrape.OfAsync(server))["slipway_deployment_queue_length"]);
        clock.Advance(TimeSpan.FromSeconds(6));
        var later = await Scrape.OfAsync(server);
        Assert.Equal(1, later["slipway_deployment_queue_length"]);
        Assert.Equal(1, later["""slipway_deployments{state="queued"}"""]);
        Assert.Equal(0, later["""slipway_deployments{state="paused"}"""]);
    }

    [Fact]
    public async Task Readers_of_the_stream_of_changes_show_how_late_events_are()
    {
        await using var server = await TestServer.StartAsync();
        await using var followed = await Followed.StartAsync(server.Http);
        await (await Scripted.NewAsync(server)).FinishAsync();
        await server.WaitAsync(async () => (await Scrape.OfAsync(server))["slipway_event_lag_seconds_count"] > 0);
    }

    [Theory]
    [InlineData("SELECT 1", "select")]
    [InlineData("\n  insert into x", "insert")]
    [InlineData("UPDATE x", "update")]
    [InlineData("DELETE FROM x", "delete")]
    [InlineData("PRAGMA x", "other")]
    [InlineData("", "other")]
    public void Commands_are_told_apart_by_their_first_word(string sql, string kind) => Assert.Equal(kind, DatabaseMetrics.Kind(sql));

    [Fact]
    public async Task A_command_that_fails_is_counted()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => server.PublishAsync());
        Assert.Equal(1, (await Scrape.OfAsync(server))["""slipway_database_command_failures_total{command="insert",reason="conflict"}"""]);
    }
}
