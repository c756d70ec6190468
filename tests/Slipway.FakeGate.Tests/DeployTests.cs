using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class DeployTests : GateTests
{
    [Fact]
    public async Task A_bake_and_a_red_black_deploy_replace_the_running_server_group()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 3);
        Save("Deploy", Bake(), RedBlack());

        var id = await Start("Deploy", new JsonObject { ["parameters"] = new JsonObject { ["version"] = "1.2.3" }, ["correlationId"] = "k" });
        var execution = await After(id, TimeSpan.FromMinutes(10));

        Assert.Equal("SUCCEEDED", Status(execution));
        Assert.Equal(["1", "2", "1=1", "2=1", "2=1>1", "2=1>2", "2=1>3"], RefIds(execution));
        Assert.Equal("shop-prod-v001", (string?)Find(execution, "2=1")["context"]!["deploy.server.groups"]!["us-east-1"]![0]);
        Assert.Equal(["shop-prod-v000: True", "shop-prod-v001: False"], Gate.World.ServerGroups.Select(group => $"{group.Name}: {group.Disabled}"));
        var details = Find(execution, "1")["outputs"]!["deploymentDetails"]![0]!;
        Assert.Equal("shop-1.2.3", (string?)details["package"]);
        Assert.Equal((string?)details["imageId"], Gate.World.ServerGroups[1].Image.Id);
    }

    private static JsonObject Bake() => Stage("bake", "1", null, new()
    {
        ["package"] = "shop-${parameters.version}",
        ["regions"] = new JsonArray("us-east-1"),
        ["cloudProviderType"] = "aws",
        ["baseOs"] = "bionic",
    });

    private static JsonObject RedBlack() => Stage("deploy", "2", ["1"], new()
    {
        ["clusters"] = new JsonArray(new JsonObject
        {
            ["account"] = "prod",
            ["application"] = "shop",
            ["stack"] = "prod",
            ["provider"] = "aws",
            ["availabilityZones"] = new JsonObject { ["us-east-1"] = new JsonArray("us-east-1a") },
            ["capacity"] = new JsonObject { ["min"] = 3, ["max"] = 3, ["desired"] = 3 },
            ["strategy"] = "redblack",
            ["maxRemainingAsgs"] = 2,
            ["delayBeforeDisableSec"] = 30,
        }),
    });
}
