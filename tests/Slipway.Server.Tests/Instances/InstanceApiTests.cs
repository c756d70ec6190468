using System.Net;
using System.Net.Http.Json;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Instances;

namespace Slipway.Server.Tests.Instances;

[OnBothDatabases]
public sealed class InstanceApiTests
{
    [Fact]
    public async Task Instances_are_listed_filtered_and_paged()
    {
        await using var server = await TestServer.StartAsync();
        await using var a = await FakeAgent.JoinAsync(server, "a", "production", "checkout");
        await using var b = await FakeAgent.JoinAsync(server, "b", "staging", "checkout", "billing");
        await using var c = await FakeAgent.JoinAsync(server, "c", "production", "billing");
        await a.ConnectAsync();
        await a.ReportAsync("checkout", 0, ServiceState.Healthy, "1");
        await server.SeesAsync(a, status => status.Reported?.State == ServiceState.Healthy);

        Assert.Equal("a b c", await NamesAsync(server, ""));
        Assert.Equal("a c", await NamesAsync(server, "?environment=production"));
        Assert.Equal("a b", await NamesAsync(server, "?service=checkout"));
        Assert.Equal("a", await NamesAsync(server, "?connected=true"));
        Assert.Equal("b c", await NamesAsync(server, "?connected=false"));
        Assert.Equal("a", await NamesAsync(server, "?version=1"));
        Assert.Equal("", await NamesAsync(server, "?version=1&service=billing"));
        var first = await PageAsync(server, "?limit=2");
        Assert.Equal("c", await NamesAsync(server, $"?limit=2&cursor={first.NextCursor}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Http.GetAsync("/api/v1/instances?label=x")).StatusCode);
    }

    [Fact]
    public async Task Labels_are_changed_kept_and_filtered_by()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "a", "production", "checkout");
        var patch = JsonContent.Create(new PatchInstance { Labels = new Dictionary<string, string> { ["zone"] = "eu=1" } }, ContractsJson.Default.PatchInstance);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.PatchAsync("/api/v1/instances/a", patch)).StatusCode);
        await server.RestartAsync();
        Assert.Equal("a", await NamesAsync(server, "?label=zone=eu=1"));
        Assert.Equal("", await NamesAsync(server, "?label=zone=eu"));
    }

    [Fact]
    public async Task One_instance_shows_what_should_be_and_what_is()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "a", "production", "checkout");
        await agent.ConnectAsync();
        await server.AssignAsync(FleetSetup.V2, "d-1/activate/1", agent);
        await agent.ReportAsync("checkout", 1, ServiceState.Healthy, "2");
        await server.SeesAsync(agent, status => status.IsCurrent);

        var instance = await server.Http.GetFromJsonAsync("/api/v1/instances/a", ContractsJson.Default.Instance);

        Assert.Equal(("1.2.3", true), (instance!.AgentVersion, instance.Connected));
        var service = Assert.Single(instance.Services);
        Assert.Equal(("2", "2", "healthy", 1L), (service.AssignedVersion, service.RunningVersion, service.State, service.Generation));
    }

    [Fact]
    public async Task A_restart_gets_a_generation_of_its_own_and_needs_a_connection()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "a", "production", "checkout");
        Assert.Equal("instance_not_connected", await RestartAsync(server));
        await agent.ConnectAsync();
        Assert.Equal("nothing_to_restart", await RestartAsync(server));
        await server.AssignAsync(FleetSetup.V1, "d-1/activate/1", agent);
        Assert.Null(await RestartAsync(server));
        Assert.Equal(2UL, (await agent.HearAsync(ToAgent.BodyOneofCase.Restart)).Restart.Generation);
        await server.AssignAsync(FleetSetup.V1, "d-2/activate/1", agent);
        Assert.Equal(3UL, (await server.StatusAsync(agent)).AssignedGeneration);
    }

    [Fact]
    public async Task A_deleted_instance_is_gone_until_it_joins_again()
    {
        await using var server = await TestServer.StartAsync();
        await using var agent = await FakeAgent.JoinAsync(server, "a", "production", "checkout");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync("/api/v1/instances/a")).StatusCode);
        Assert.Equal("", await NamesAsync(server, ""));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/api/v1/instances/a")).StatusCode);
        await server.RestartAsync();
        Assert.Equal("", await NamesAsync(server, ""));
        Assert.True((await agent.TryJoinAsync(await server.JoinTokenAsync(), "production", "checkout")).IsSuccessStatusCode);
        Assert.Equal("a", await NamesAsync(server, ""));
        await agent.ConnectAsync();
    }

    [Fact]
    public async Task Nothing_is_told_without_a_token()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Anonymous.GetAsync("/api/v1/instances")).StatusCode);
    }

    private static async Task<string?> RestartAsync(TestServer server)
    {
        using var response = await server.Http.PostAsync("/api/v1/instances/a/services/checkout/restart", null);
        return response.IsSuccessStatusCode ? null : (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ApiProblem))?.Code;
    }

    private static async Task<Page<Instance>> PageAsync(TestServer server, string query) =>
        (await server.Http.GetFromJsonAsync($"/api/v1/instances{query}", ContractsJson.Default.PageInstance))!;

    private static async Task<string> NamesAsync(TestServer server, string query) =>
        string.Join(' ', (await PageAsync(server, query)).Items.Select(instance => instance.Name));
}
