using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Tests.Instances;

/// <summary>The connect address tells without a WebSocket whether a signature is good: 426 says that it was.</summary>
public sealed class SignatureTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_good_signature_counts_once()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "once", "production", "checkout");
        var signature = agent.Sign("GET", AgentPaths.Connect);
        Assert.Equal(HttpStatusCode.UpgradeRequired, await TryAsync(agent, signature));
        Assert.Equal("bad_signature", await RefusalAsync(agent, signature));
    }

    [Fact]
    public async Task A_signature_is_bound_to_path_server_and_key()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "bound", "production", "checkout");
        Assert.Equal("bad_signature", await RefusalAsync(agent, agent.Sign("GET", AgentPaths.Keys)));
        Assert.Equal("bad_signature", await RefusalAsync(agent, agent.Sign("POST", AgentPaths.Connect)));
        Assert.Equal("bad_signature", await RefusalAsync(agent, "Bearer something"));
        await using var stranger = new FakeAgent(Server, "bound", agent.ServerId);
        Assert.Equal("bad_signature", await RefusalAsync(stranger, stranger.Sign("GET", AgentPaths.Connect)));
        await using var elsewhere = new FakeAgent(Server, "bound", "another-server", ECDsa.Create(agent.Key.ExportParameters(true)));
        Assert.Equal("bad_signature", await RefusalAsync(elsewhere, elsewhere.Sign("GET", AgentPaths.Connect)));
    }

    [Fact]
    public async Task A_clock_that_is_far_off_is_told_and_nothing_else_is_wrong()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "late", "production", "checkout");
        var late = agent.Sign("GET", AgentPaths.Connect, DateTimeOffset.UtcNow - AgentSignature.Tolerance - TimeSpan.FromSeconds(5));
        using var response = await agent.SendAsync(HttpMethod.Get, AgentPaths.Connect, signature: late);
        Assert.Equal("clock_skew", (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ApiProblem))?.Code);
        Assert.NotNull(response.Headers.Date);
        var early = agent.Sign("GET", AgentPaths.Connect, DateTimeOffset.UtcNow + AgentSignature.Tolerance + TimeSpan.FromSeconds(5));
        Assert.Equal("clock_skew", await RefusalAsync(agent, early));
    }

    [Fact]
    public async Task Unknown_and_deleted_instances_are_told_so()
    {
        await using var stranger = new FakeAgent(Server, "nobody", "x");
        Assert.Equal("agent_unknown", await RefusalAsync(stranger, stranger.Sign("GET", AgentPaths.Connect)));
        await using var agent = await FakeAgent.JoinAsync(Server, "deleted", "production", "checkout");
        await agent.ConnectAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await Server.Http.DeleteAsync("/api/v1/instances/deleted")).StatusCode);
        await agent.ClosedAsync();
        Assert.Equal("revoked", agent.CloseReason);
        Assert.Equal("agent_revoked", await RefusalAsync(agent, agent.Sign("GET", AgentPaths.Connect)));
    }

    [Fact]
    public async Task A_new_key_replaces_the_old_one()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "rotates", "production", "checkout");
        var old = agent.Key;
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = JsonContent.Create(
            new RotateKeyRequest { PublicKey = Convert.ToBase64String(next.ExportSubjectPublicKeyInfo()) }, ContractsJson.Default.RotateKeyRequest);
        Assert.Equal(HttpStatusCode.NoContent, (await agent.SendAsync(HttpMethod.Post, AgentPaths.Keys, request)).StatusCode);
        Assert.Equal("bad_signature", await RefusalAsync(agent, agent.Sign("GET", AgentPaths.Connect)));
        agent.Key = next;
        Assert.Equal(HttpStatusCode.UpgradeRequired, await TryAsync(agent, agent.Sign("GET", AgentPaths.Connect)));
        agent.Key = old;
    }

    [Fact]
    public void Nonces_are_forgotten_when_their_time_is_over_and_never_too_many()
    {
        var window = new NonceWindow();
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        for (var i = 0; i < NonceWindow.Capacity; i++)
            Assert.Equal(NonceAnswer.Fresh, window.Use(i.ToString("x32", null), now.AddMinutes(1), now));

        Assert.Equal(NonceAnswer.UsedBefore, window.Use(7.ToString("x32", null), now.AddMinutes(1), now));
        Assert.Equal(NonceAnswer.TooMany, window.Use("f".PadLeft(32, 'f'), now.AddMinutes(1), now));
        Assert.Equal(NonceAnswer.Fresh, window.Use("f".PadLeft(32, 'f'), now.AddMinutes(3), now.AddMinutes(2)));
        Assert.Equal(NonceAnswer.Malformed, window.Use("short", now, now));
    }

    private static async Task<HttpStatusCode> TryAsync(FakeAgent agent, string signature)
    {
        using var response = await agent.SendAsync(HttpMethod.Get, AgentPaths.Connect, signature: signature);
        return response.StatusCode;
    }

    private static async Task<string?> RefusalAsync(FakeAgent agent, string signature)
    {
        using var response = await agent.SendAsync(HttpMethod.Get, AgentPaths.Connect, signature: signature);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ApiProblem))?.Code;
    }
}
