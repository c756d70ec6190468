using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Server.Environments;
using Slipway.Server.Instances;

namespace Slipway.Server.Tests.Instances;

[OnBothDatabases]
public sealed class JoiningTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task An_instance_joins_and_its_environment_is_made()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "first", "brand-new", "checkout", "billing");

        var row = await Server.ReadAsync(db => db.Set<InstanceRow>().SingleAsync(row => row.Name == agent.Name));
        Assert.Equal("brand-new", row.Environment.Value);
        Assert.Equal(2, await Server.ReadAsync(db => db.Set<AssignmentRow>().CountAsync(row => row.Instance == agent.Name && row.Member && row.Version == null)));
        Assert.True(await Server.ReadAsync(db => db.Set<EnvironmentRow>().AnyAsync(row => row.Name == EnvironmentName.Parse("brand-new"))));
    }

    [Fact]
    public async Task A_token_counts_once()
    {
        var token = await Server.JoinTokenAsync();
        await using var one = new FakeAgent(Server, "once-1", "");
        await using var two = new FakeAgent(Server, "once-2", "");
        Assert.Equal(HttpStatusCode.OK, (await one.TryJoinAsync(token, "production", "checkout")).StatusCode);
        await RefusesAsync("join_token_used", await two.TryJoinAsync(token, "production", "checkout"));
    }

    [Theory]
    [InlineData("slj_unknown_secret")]
    [InlineData("not a token")]
    [InlineData("")]
    public async Task A_wrong_token_is_refused(string token)
    {
        await using var agent = new FakeAgent(Server, "stranger", "");
        await RefusesAsync("join_token_invalid", await agent.TryJoinAsync(token, "production", "checkout"));
    }

    [Fact]
    public async Task A_name_that_is_connected_is_not_given_away_and_the_token_is_not_spent()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "taken", "production", "checkout");
        await agent.ConnectAsync();
        await using var thief = new FakeAgent(Server, "taken", agent.ServerId);
        var token = await Server.JoinTokenAsync();
        await RefusesAsync("instance_connected", await thief.TryJoinAsync(token, "production", "checkout"));

        agent.Drop();
        await Server.WaitAsync(async () => !(await Server.StatusAsync(agent)).Connected);

        Assert.Equal(HttpStatusCode.OK, (await thief.TryJoinAsync(token, "production", "checkout")).StatusCode);
        await thief.ConnectAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.SendAsync(HttpMethod.Get, AgentPaths.Connect)).StatusCode);
    }

    [Fact]
    public async Task Joining_again_replaces_the_services_and_keeps_counting_generations()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "again", "production", "checkout");
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);

        Assert.True((await agent.TryJoinAsync(await server.JoinTokenAsync(), "production", "billing")).IsSuccessStatusCode);
        var stopped = Assert.Single((await agent.ConnectAsync()).Assignments);

        Assert.Equal(("checkout", 2UL), (stopped.Service, stopped.Generation));
        Assert.Null(stopped.Release);
    }

    [Fact]
    public async Task In_another_environment_an_instance_starts_anew()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "mover", "production", "checkout");
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);

        Assert.True((await agent.TryJoinAsync(await server.JoinTokenAsync(), "staging", "checkout")).IsSuccessStatusCode);

        Assert.False((await server.StatusAsync(agent)).Connected);
        Assert.Null((await server.StatusAsync(agent)).Assigned);
        Assert.Null(Assert.Single((await agent.ConnectAsync()).Assignments).Release);
    }

    [Fact]
    public async Task Only_keys_on_P256_are_taken()
    {
        using var rsa = RSA.Create(2048);
        var request = new JoinRequest
        {
            Token = await Server.JoinTokenAsync(),
            Name = InstanceName.Parse("weak"),
            Environment = EnvironmentName.Parse("production"),
            Services = [],
            PublicKey = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()),
        };
        await RefusesAsync("invalid_request", await PostAsync(request));
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await RefusesAsync("invalid_request", await PostAsync(request with { PublicKey = Convert.ToBase64String(larger.ExportSubjectPublicKeyInfo()) }));
        await RefusesAsync("invalid_request", await PostAsync(request with { PublicKey = "!" }));
    }

    [Fact]
    public async Task What_an_instance_says_of_itself_has_limits()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new JoinRequest
        {
            Token = await Server.JoinTokenAsync(),
            Name = InstanceName.Parse("limits"),
            Environment = EnvironmentName.Parse("production"),
            Services = [],
            PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
        };
        var twice = ServiceName.Parse("checkout");
        await RefusesAsync("invalid_request", await PostAsync(request with { Services = [twice, twice] }));
        await RefusesAsync("invalid_request", await PostAsync(request with { Services = [.. Enumerable.Range(0, 51).Select(i => ServiceName.Parse($"s{i}"))] }));
        await RefusesAsync("invalid_request", await PostAsync(request with { Labels = new Dictionary<string, string> { ["a b"] = "" } }));
        await RefusesAsync("invalid_request", await PostAsync(request with { Labels = new Dictionary<string, string> { ["a"] = new('x', 201) } }));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(request)).StatusCode);
    }

    private static async Task RefusesAsync(string code, HttpResponseMessage response)
    {
        var problem = await response.Content.ReadFromJsonAsync(ContractsJson.Default.ApiProblem);
        Assert.Equal(code, problem?.Code);
    }

    private Task<HttpResponseMessage> PostAsync(JoinRequest request) =>
        Server.Anonymous.PostAsJsonAsync(AgentPaths.Join, request, ContractsJson.Default.JoinRequest);
}
