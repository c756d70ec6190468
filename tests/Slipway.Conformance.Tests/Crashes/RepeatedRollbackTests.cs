using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Targets;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>Somebody takes a target back, the server dies before the answer is out, and the request is repeated when all of it is done.</summary>
public sealed class RepeatedRollbackTests(CrashData data, ITestOutputHelper output) : CrashTests(data, output)
{
    private readonly CrashData data = data;

    [Fact]
    public async Task A_rollback_that_is_repeated_after_it_was_done_does_not_take_back_what_ran_before()
    {
        using var folder = data.Copy();
        string running;
        using (var mortal = await MortalServer.StartAsync(data.Host, folder.Path, "after:rollbackRequested"))
        {
            await PublishAsync(mortal.Http, "better", "succeeded");

            // Each look at a stage takes its next answer, and this one must not end before it is taken back.
            await PublishAsync(mortal.Http, "endless", string.Join("\", \"", Enumerable.Repeat("waiting: 1h", 100)));
            await EndAsync(mortal.Http, await DeployAsync(mortal.Http, "good", "k1"));
            await EndAsync(mortal.Http, await DeployAsync(mortal.Http, "better", "k2"));
            var deployment = await DeployAsync(mortal.Http, "endless", "k3");
            running = deployment.Id.Value;
            await UntilAsync(mortal.Http, deployment, now => now.Stages.Any(stage => stage.Status == StageStatus.Running));
            await TryAsync(() => RollBackAsync(mortal.Http));
            await mortal.DiesAsync();
        }

        using var server = await MortalServer.StartAsync(data.Host, folder.Path);
        await UntilAsync(server.Http, await GetAsync<Deployment>(server.Http, $"/api/v1/deployments/{running}"), now => now.Status == DeploymentStatus.RolledBack);
        Assert.Equal(running, (await RollBackAsync(server.Http)).Id.Value);
        Assert.Equal(3, (await GetAsync<Page<Deployment>>(server.Http, "/api/v1/deployments")).Items.Count);
        Assert.Equal("better", (await GetAsync<Target>(server.Http, "/api/v1/targets/shop/production")).Version?.Value);
    }

    private static async Task PublishAsync(HttpClient http, string version, string answers)
    {
        var definition = $"service: shop\ntype: scripted\nsettings:\n  stages: [{{ name: one, answers: [\"{answers}\"] }}]\nenvironments:\n  production: {{}}\n";
        await PostAsync(http, "/api/v1/services", definition, "application/yaml");
        await PostAsync(http, "/api/v1/services/shop/versions", $$"""{"version":"{{version}}"}""");
    }

    private static async Task<Deployment> DeployAsync(HttpClient http, string version, string key) =>
        Read(await PostAsync(http, "/api/v1/deployments", $$"""{"service":"shop","environment":"production","version":"{{version}}"}""", key: key));

    private static async Task<Deployment> RollBackAsync(HttpClient http) =>
        Read(await PostAsync(http, "/api/v1/targets/shop/production/rollback", """{"reason":"it is slow"}""", key: "back"));

    private static Deployment Read(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.Deployment)!;
}
