using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Slipway.FakeGate.Tests;

public sealed class StateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fakegate-").FullName;

    [Fact]
    public async Task A_Gate_that_is_started_again_goes_on_where_it_was()
    {
        var time = new FakeTimeProvider(new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero));
        var options = new FakeGateOptions { Time = time, StateFile = Path.Combine(folder, "state.json") };
        string id;
        await using (var gate = await Gate.StartAsync(options))
        {
            using var client = new Client(gate.Url);
            gate.Configs.SaveApplication("shop");
            gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
            await client.Post("/pipelines", JsonNode.Parse("""{"application":"shop","name":"P","stages":[{"refId":"1","requisiteStageRefIds":[],"type":"wait","name":"Wait","waitTime":60}]}"""));
            id = GateTests.Reference(await client.Post("/pipelines/shop/P", new JsonObject { ["correlationId"] = "k" }));
            gate.Advance(TimeSpan.FromSeconds(10));
        }

        await using var again = await Gate.StartAsync(options);
        using var second = new Client(again.Url);
        Assert.Equal("RUNNING", (string?)(await second.Get($"/pipelines/{id}")).Object["status"]);
        Assert.Equal(id, GateTests.Reference(await second.Post("/pipelines/shop/P", new JsonObject { ["correlationId"] = "k" })));
        Assert.Equal("shop-prod-v000", again.World.ServerGroups.Single().Name);

        again.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("SUCCEEDED", (string?)(await second.Get($"/pipelines/{id}")).Object["status"]);
        Assert.Single((await second.Get("/applications/shop/pipelineConfigs")).Array);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
