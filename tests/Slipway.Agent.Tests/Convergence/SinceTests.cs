using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Convergence;

/// <summary>Since when a service is healthy: since it last was not, or was started again.</summary>
public sealed class SinceTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;
    private ServiceStatus first = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
        var artifact = server.Publish(Build.Zstd(Build.Tar(("run", "#!/bin/sh"))), ArtifactFormat.TarZstd);
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        first = await server.NextStatusAsync(ServiceState.Healthy, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_stays_the_same_as_long_as_all_is_well()
    {
        agent.Activator.Tell(TestAgent.Shop);
        Assert.Equal(first.Since, (await server.NextStatusAsync(ServiceState.Healthy, 1)).Since);
    }

    [Fact]
    public async Task It_begins_anew_when_the_service_is_well_again()
    {
        agent.Activator.BecomeUnhealthy(TestAgent.Shop, "It crashed.");
        var ill = await server.NextStatusAsync(ServiceState.Unhealthy, 1);
        await LaterAsync(ill.Since);
        agent.Activator.BecomeHealthy(TestAgent.Shop);
        var well = await server.NextStatusAsync(ServiceState.Healthy, 1);
        Assert.True(first.Since <= ill.Since && ill.Since < well.Since, $"{first.Since} {ill.Since} {well.Since}");
    }

    [Fact]
    public async Task A_start_that_nobody_asked_for_is_enough()
    {
        await LaterAsync(first.Since);
        agent.Activator.StartAgain(TestAgent.Shop);
        var again = await server.NextStatusAsync(ServiceState.Healthy, 1);
        Assert.Equal(1, again.Restarts);
        Assert.True(first.Since < again.Since, $"{first.Since} {again.Since}");
    }

    [Fact]
    public async Task An_agent_that_is_started_again_remembers()
    {
        await LaterAsync(first.Since);
        agent.Activator.BecomeUnhealthy(TestAgent.Shop, "It crashed.");
        agent.Activator.BecomeHealthy(TestAgent.Shop);
        var well = await server.NextStatusAsync(ServiceState.Healthy, 1);
        await agent.StopAsync();
        await LaterAsync(well.Since);
        Assert.Equal((ServiceState.Healthy, well.Since), Told(await agent.StartAsync()));
        Assert.True(first.Since < well.Since, $"{first.Since} {well.Since}");
    }

    [Fact]
    public async Task What_was_started_again_while_no_agent_looked_is_healthy_only_since_then()
    {
        await agent.StopAsync();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(first.Since + 60_000);
        agent.Activator.WasFound(TestAgent.Shop, at);
        Assert.Equal((ServiceState.Healthy, first.Since + 60_000), Told(await agent.StartAsync()));
    }

    [Fact]
    public async Task What_is_found_ill_is_ill_since_it_was_found()
    {
        await agent.StopAsync();
        agent.Activator.BecomeUnhealthy(TestAgent.Shop, "It crashed.");
        await LaterAsync(first.Since);
        var (state, since) = Told(await agent.StartAsync());
        Assert.Equal(ServiceState.Unhealthy, state);
        Assert.True(first.Since < since, $"{first.Since} {since}");
    }

    private static (ServiceState State, long Since) Told(Hello hello) => hello.Services.Select(status => (status.State, status.Since)).Single();

    /// <summary>The agent counts in milliseconds.</summary>
    private static Task LaterAsync(long than) => Eventually.HoldsAsync(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > than);
}
