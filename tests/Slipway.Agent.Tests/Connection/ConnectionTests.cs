using System.Security.Cryptography;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Connection;

public sealed class ConnectionTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_lost_connection_is_opened_again_and_says_what_is()
    {
        var artifact = server.Publish(Build.Tar(("run", "x")), ArtifactFormat.Tar);
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        server.DropConnection();
        var hello = await server.NextHelloAsync();

        Assert.Equal((ServiceState.Healthy, 1ul), (hello.Services[0].State, hello.Services[0].Generation));
    }

    [Fact]
    public async Task What_the_welcome_says_is_done()
    {
        var artifact = server.Publish(Build.Tar(("run", "x")), ArtifactFormat.Tar);
        server.Welcome.Assignments.Add(Build.Assign(9, Build.Release("9.0", artifact), "convergence"));
        await agent.StartAsync();

        Assert.Equal("convergence", (await server.NextStatusAsync(ServiceState.Healthy, 9)).Cause);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(86400)]
    public async Task A_wrong_clock_is_corrected_by_the_servers(int seconds)
    {
        server.ClockOffset = TimeSpan.FromSeconds(seconds);
        await agent.StartAsync();
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task An_agent_that_was_revoked_says_so_once_and_leaves_its_services_alone()
    {
        server.RefuseWith = "agent_revoked";
        agent.Start();
        await Eventually.HoldsAsync(() => agent.Log.Contains("agent_revoked", StringComparison.Ordinal));

        Assert.Equal(0, server.Connections);
        Assert.Empty(agent.Activator.Stops);
        Assert.Equal(2, agent.Log.Split("agent_revoked").Length);
    }

    [Fact]
    public async Task Leaving_is_said()
    {
        await agent.StartAsync();
        await agent.StopAsync();
        Assert.NotNull((await server.NextAsync(m => m.Leaving is not null)).Leaving);
        Assert.Contains("its services go on", agent.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("trying again", agent.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_rotated_and_the_old_one_is_gone()
    {
        var before = server.PublicKey;
        await agent.StartAsync();
        await server.SendAsync(new ToAgent { RotateKey = new() });
        await Eventually.HoldsAsync(() => agent.Log.Contains("has a new key", StringComparison.Ordinal));

        Assert.NotEqual(before, server.PublicKey);
        Assert.Equal(server.PublicKey, KeyOnDisk());
        Assert.False(File.Exists(agent.Data.NextKey));
        server.DropConnection();
        await server.NextHelloAsync();
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_is_completed()
    {
        var attempts = 0;
        server.BeforeKeys = _ => Task.FromResult(++attempts > 1);
        await agent.StartAsync();
        await server.SendAsync(new ToAgent { RotateKey = new() });
        await Eventually.HoldsAsync(() => agent.Log.Contains("has a new key", StringComparison.Ordinal));

        Assert.Equal(server.PublicKey, KeyOnDisk());
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_rotation_leaves_an_agent_that_gets_in()
    {
        // The server knows the new key, the agent died before it moved it into place.
        server.PublicKey = AgentKeys.CreateNext(agent.Data);
        await agent.StartAsync();

        Assert.Equal(server.PublicKey, KeyOnDisk());
        Assert.False(File.Exists(agent.Data.NextKey));
    }

    [Fact]
    public async Task A_crash_before_the_server_heard_of_the_new_key_leaves_an_agent_that_gets_in()
    {
        AgentKeys.CreateNext(agent.Data);
        await agent.StartAsync();
        Assert.Equal(server.PublicKey, KeyOnDisk());
    }

    [Fact]
    public async Task A_tail_is_sent_and_ends_when_it_is_stopped()
    {
        await agent.StartAsync();
        await server.SendAsync(new ToAgent { TailLogs = new() { Tail = "t1", Service = "shop", Lines = 10, Follow = false } });
        Assert.Equal(["one", "two"], (await server.NextAsync(m => m.LogChunk is { End: false })).LogChunk.Lines);
        Assert.Equal("", (await server.NextAsync(m => m.LogChunk is { End: true })).LogChunk.Reason);
    }

    [Fact]
    public async Task Another_server_of_the_list_is_used_when_the_first_is_away()
    {
        var identity = AgentIdentity.Load(agent.Data)!;
        (identity with { Servers = [new("http://127.0.0.1:1"), server.Address] }).Save(agent.Data);
        await agent.StartAsync();
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Waits_grow_to_a_ceiling_and_are_anywhere_below_it()
    {
        var backoff = new Backoff(new Random(1));
        Assert.InRange(backoff.Next(), TimeSpan.Zero, Backoff.First);
        var later = Enumerable.Range(0, 200).Select(_ => backoff.Next()).ToList();
        Assert.All(later, wait => Assert.InRange(wait, TimeSpan.Zero, Backoff.Maximum));
        Assert.Contains(later, wait => wait > TimeSpan.FromSeconds(20));
        Assert.Contains(later, wait => wait < TimeSpan.FromSeconds(5));
        backoff.Reset();
        Assert.InRange(backoff.Next(), TimeSpan.Zero, Backoff.First);
    }

    private string KeyOnDisk()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(agent.Data.Key));
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
