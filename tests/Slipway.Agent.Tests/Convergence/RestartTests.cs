using Slipway.Agent.Activating;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Convergence;

/// <summary>An assignment that says for which generation the service must have been started: that is what should be, and not a command.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;
    private Artifact artifact = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
        artifact = server.Publish(Build.Zstd(Build.Tar(("run", "#!/bin/sh"))), ArtifactFormat.TarZstd);
        await agent.StartAsync();
        await SayAsync(1);
        await server.NextStatusAsync(ServiceState.Healthy, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_same_release_is_started_anew_for_a_new_restart_generation()
    {
        await SayAsync(2, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        Assert.Equal([1ul, 2ul], Started());
    }

    [Fact]
    public async Task Repeated_late_and_later_messages_restart_nothing_more()
    {
        await SayAsync(2, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        await SayAsync(2, restart: 2);
        await SayAsync(1);
        await SayAsync(3, restart: 2);
        await SayAsync(4);
        await server.NextStatusAsync(ServiceState.Healthy, 4);
        Assert.Equal([1ul, 2ul], Started());
    }

    [Fact]
    public async Task A_reconnect_restarts_nothing_more()
    {
        await SayAsync(2, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        server.Welcome = new() { ServerVersion = "fake", HeartbeatIntervalMs = 60_000, Assignments = { Assign(2, 2) } };
        server.DropConnection();
        await server.NextHelloAsync();
        await SayAsync(3, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 3);
        Assert.Equal([1ul, 2ul], Started());
    }

    [Fact]
    public async Task A_restart_of_which_the_instance_heard_only_later_is_made_up_for_once()
    {
        await SayAsync(7, restart: 4);
        await server.NextStatusAsync(ServiceState.Healthy, 7);
        await SayAsync(8, restart: 4);
        await server.NextStatusAsync(ServiceState.Healthy, 8);
        Assert.Equal([1ul, 7ul], Started());
    }

    [Fact]
    public async Task A_restart_that_was_interrupted_by_the_agents_death_is_finished_and_then_not_repeated()
    {
        agent.Activator.OnActivate = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        await SayAsync(2, restart: 2);
        await server.NextStatusAsync(ServiceState.Starting, 2);
        await agent.StopAsync();
        agent.Activator.OnActivate = (_, _) => Task.FromResult<ActivationOutcome?>(null);

        await agent.StartAsync();
        await SayAsync(3, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 3);
        var finished = Started();
        Assert.True(finished[^1] >= 2);
        await agent.StopAsync();
        await agent.StartAsync();
        await SayAsync(4, restart: 2);
        await server.NextStatusAsync(ServiceState.Healthy, 4);

        Assert.Equal(finished, Started());
    }

    /// <summary>Any order of new wishes, old messages, lost connections and new agent processes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_each_restart_happens_once(int seed)
    {
        var random = new Random(seed);
        List<Assign> said = [Assign(1, 0)];
        for (var step = 0; step < 25; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    said.Add(Assign(said[^1].Generation + 1, said[^1].Generation + 1));
                    break;
                case 2:
                    said.Add(Assign(said[^1].Generation + 1, said[^1].RestartGeneration));
                    break;
                case 3:
                    server.DropConnection();
                    await server.NextHelloAsync();
                    break;
                case 4:
                    await agent.StopAsync();
                    await agent.StartAsync();
                    break;
                default:
                    await server.SendAsync(said[random.Next(said.Count)]);
                    continue;
            }

            await server.SendAsync(said[^1]);
            await server.NextStatusAsync(ServiceState.Healthy, said[^1].Generation);
        }

        var restarts = said.Select(assign => assign.RestartGeneration).Where(generation => generation > 0).Distinct();
        Assert.Equal([1ul, .. restarts], Started());
    }

    private ulong[] Started() => [.. agent.Activator.Activations.Select(activation => activation.Generation)];

    private Assign Assign(ulong generation, ulong restart)
    {
        var assign = Build.Assign(generation, Build.Release("1.0", artifact), $"d-{generation}/batch-1/1");
        assign.RestartGeneration = restart;
        return assign;
    }

    private Task SayAsync(ulong generation, ulong restart = 0) => server.SendAsync(Assign(generation, restart));
}
