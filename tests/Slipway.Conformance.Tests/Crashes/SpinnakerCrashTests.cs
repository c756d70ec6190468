using System.Text;
using Slipway.Contracts.Deployments;
using Slipway.FakeGate.World;
using Gate = Slipway.FakeGate.FakeGate;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>Work that goes on in another system while the server is dead: exactly one execution for a deployment, wherever the server died.</summary>
public sealed class SpinnakerCrashTests(CrashData data, ITestOutputHelper output) : CrashTests(data, output)
{
    private readonly CrashData data = data;

    [Theory]
    [InlineData("before:started")]
    [InlineData("before:stageSucceeded")]
    [InlineData("after:stageStarted#2")]
    [InlineData("before:stageSucceeded#2")]
    [InlineData("before:stageNoted")]
    [InlineData("before:stageSucceeded#3")]
    [InlineData("before:stageSucceeded#4")]
    [InlineData("before:finished")]
    public async Task One_execution_brings_the_version_though_the_server_died(string dieAt)
    {
        await using var gate = await Gate.StartAsync(new() { Speed = 120 });
        var ended = await SurviveAsync(gate, dieAt, "1.0");

        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.Single(gate.Executions.All);
        Assert.Equal($"{ended.Id}/start/1", gate.Executions.All[0].CorrelationId);
        Assert.Single(Serving(gate));
    }

    [Theory]
    [InlineData("before:stageFailed")]
    [InlineData("before:rollbackStarted")]
    [InlineData("before:stageSucceeded#4")]
    [InlineData("before:stageSucceeded#5")]
    public async Task A_bad_version_is_taken_back_once_though_the_server_died(string dieAt)
    {
        await using var gate = await Gate.StartAsync(new() { Speed = 600 });
        var before = gate.World.AddServerGroup("prod", "us-east-1", "shop-production");
        gate.World.NeverUp("shop_1.0");
        var ended = await SurviveAsync(gate, dieAt, "1.0");

        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        Assert.Single(gate.Executions.All);
        Assert.Equal([before.Name], Serving(gate));
        Assert.InRange(gate.Executions.Tasks.Count(task => task.Json.ToJsonString().Contains("destroyServerGroup", StringComparison.Ordinal)), 0, 1);
    }

    private static IEnumerable<string> Serving(Gate gate) => gate.World.ServerGroups.Where(group => !group.Disabled).Select((ServerGroup group) => group.Name);

    private async Task<Deployment> SurviveAsync(Gate gate, string dieAt, string version)
    {
        gate.Configs.SaveApplication("shop");
        using var folder = new TemporaryFolder();
        var request = $$"""{"service":"shop","environment":"production","version":"{{version}}"}""";
        using (var mortal = await MortalServer.StartAsync(data.Host, folder.Path, dieAt))
        {
            await SetUpAsync(mortal.Http, gate, version);
            await TryAsync(() => DeployAsync(mortal.Http, request));
            await mortal.DiesAsync();
        }

        using var server = await MortalServer.StartAsync(data.Host, folder.Path);
        var ended = await EndAsync(server.Http, await DeployAsync(server.Http, request));
        Assert.Single((await GetAsync<Slipway.Contracts.Page<Deployment>>(server.Http, "/api/v1/deployments")).Items);
        return ended;
    }

    private static async Task SetUpAsync(HttpClient http, Gate gate, string version)
    {
        using var connection = new StringContent($$"""{"type":"spinnaker","values":{"interval":"500ms","gate":"{{gate.Url}}"} }""", Encoding.UTF8, "application/json");
        (await http.PutAsync("/api/v1/connections/main", connection)).EnsureSuccessStatusCode();
        const string Definition = """
            service: shop
            type: spinnaker
            settings:
              account: prod
              regions: [us-east-1]
            environments:
              production: {}
            """;
        await PostAsync(http, "/api/v1/services", Definition.ReplaceLineEndings("\n"), "application/yaml");
        await PostAsync(http, "/api/v1/services/shop/versions", $$"""{"version":"{{version}}"}""");
    }
}
