using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class RollbackTests : GateTests
{
    private async Task<JsonObject> Run(JsonObject job)
    {
        var path = (string)(await Client.Post("/tasks", new JsonObject { ["application"] = "shop", ["description"] = "x", ["job"] = new JsonArray(job) })).Object["ref"]!;
        Gate.Advance(TimeSpan.FromMinutes(20));
        return (await Client.Get(path)).Object;
    }

    private static JsonObject RollbackCluster(params string[] regions) => new()
    {
        ["type"] = "rollbackCluster",
        ["credentials"] = "prod",
        ["cloudProvider"] = "aws",
        ["regions"] = new JsonArray([.. regions.Select(region => (JsonNode)region)]),
        ["moniker"] = new JsonObject { ["app"] = "shop", ["cluster"] = "shop-prod" },
        ["targetHealthyRollbackPercentage"] = 100,
        ["waitTimeBetweenRegions"] = 60,
    };

    private static JsonObject On(string type, JsonObject? more = null)
    {
        JsonObject job = new() { ["type"] = type, ["serverGroupName"] = "shop-prod-v000", ["region"] = "us-east-1", ["credentials"] = "prod", ["cloudProvider"] = "aws" };
        foreach (var (key, value) in more ?? [])
            job[key] = value?.DeepClone();

        return job;
    }

    private string[] Groups() => [.. Gate.World.ServerGroups.Select(group => $"{group.Region} {group.Name} {group.Capacity.Desired} {(group.Disabled ? "off" : "on")}")];

    private void Pair(string region)
    {
        Gate.World.AddServerGroup("prod", region, "shop-prod", 2);
        Gate.Advance(TimeSpan.FromSeconds(1));
        Gate.World.AddServerGroup("prod", region, "shop-prod", 5);
        Gate.World.Disable("prod", region, "shop-prod-v000");
    }

    [Fact]
    public async Task A_cluster_goes_back_to_the_group_before_at_the_size_of_the_one_it_leaves()
    {
        Pair("us-east-1");
        var task = await Run(RollbackCluster("us-east-1"));

        Assert.Equal("SUCCEEDED", Status(task));
        Assert.Equal(["us-east-1 shop-prod-v000 5 on", "us-east-1 shop-prod-v001 5 off"], Groups());
        var stages = task["execution"]!["stages"]!.AsArray();
        Assert.Equal("EXPLICIT", (string?)stages[0]!["outputs"]!["rollbackTypes"]!["us-east-1"]);
        Assert.Equal("shop-prod-v000", (string?)stages[0]!["outputs"]!["rollbackContexts"]!["us-east-1"]!["restoreServerGroupName"]);
        Assert.Equal("us-east-1", (string?)stages[0]!["context"]!["imagesToRestore"]![0]!["region"]);
        Assert.Equal(
            ["rollbackServerGroup", "captureSourceServerGroupCapacity", "enableServerGroup", "resizeServerGroup", "disableServerGroup", "applySourceServerGroupCapacity"],
            stages.Skip(1).Select(stage => (string)stage!["type"]!));
    }

    [Fact]
    public async Task A_region_with_nothing_to_go_back_to_is_left_out_without_a_word()
    {
        Pair("us-east-1");
        Gate.World.AddServerGroup("prod", "eu-west-1", "shop-prod");
        var task = await Run(RollbackCluster("eu-west-1", "us-east-1", "us-west-2"));

        Assert.Equal("SUCCEEDED", Status(task));
        Assert.Equal(["us-east-1"], task["execution"]!["stages"]![0]!["outputs"]!["rollbackTypes"]!.AsObject().Select(type => type.Key));
        Assert.Contains("eu-west-1 shop-prod-v000 2 on", Groups());
    }

    [Fact]
    public async Task A_cluster_with_no_enabled_group_is_left_as_it_is()
    {
        Pair("us-east-1");
        Gate.World.Disable("prod", "us-east-1", "shop-prod-v001");

        Assert.Equal("SUCCEEDED", Status(await Run(RollbackCluster("us-east-1"))));
        Assert.Equal(["us-east-1 shop-prod-v000 2 off", "us-east-1 shop-prod-v001 5 off"], Groups());
    }

    [Fact]
    public async Task A_rollback_says_which_group_to_leave_and_which_to_restore()
    {
        Pair("us-east-1");
        var task = await Run(new()
        {
            ["type"] = "rollbackServerGroup",
            ["rollbackType"] = "EXPLICIT",
            ["credentials"] = "prod",
            ["cloudProvider"] = "aws",
            ["region"] = "us-east-1",
            ["rollbackContext"] = new JsonObject { ["rollbackServerGroupName"] = "shop-prod-v001", ["restoreServerGroupName"] = "shop-prod-v000", ["delayBeforeDisableSeconds"] = 30 },
        });

        Assert.Equal("SUCCEEDED", Status(task));
        Assert.Equal(["us-east-1 shop-prod-v000 5 on", "us-east-1 shop-prod-v001 5 off"], Groups());
    }

    [Fact]
    public async Task A_rollback_by_image_makes_a_new_group_of_it()
    {
        Pair("us-east-1");
        var image = Gate.World.ServerGroups[0].Image;
        var task = await Run(new()
        {
            ["type"] = "rollbackServerGroup",
            ["rollbackType"] = "PREVIOUS_IMAGE",
            ["credentials"] = "prod",
            ["region"] = "us-east-1",
            ["rollbackContext"] = new JsonObject { ["rollbackServerGroupName"] = "shop-prod-v001", ["imageName"] = image.Name, ["imageId"] = image.Id },
        });

        Assert.Equal("SUCCEEDED", Status(task));
        Assert.Equal(["us-east-1 shop-prod-v000 2 off", "us-east-1 shop-prod-v001 5 off", "us-east-1 shop-prod-v002 5 on"], Groups());
        Assert.Equal(image, Gate.World.ServerGroups[2].Image);
    }

    [Fact]
    public async Task A_group_is_disabled_enabled_resized_and_destroyed()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 2);
        await Run(On("disableServerGroup"));
        Assert.Equal(["us-east-1 shop-prod-v000 2 off"], Groups());
        await Run(On("enableServerGroup"));
        Assert.Equal(["us-east-1 shop-prod-v000 2 on"], Groups());
        await Run(On("resizeServerGroup", new() { ["action"] = "scale_exact", ["capacity"] = new JsonObject { ["min"] = 3, ["max"] = 3, ["desired"] = 3 } }));
        Assert.Equal(["us-east-1 shop-prod-v000 3 on"], Groups());
        await Run(On("resizeServerGroup", new() { ["action"] = "scale_up", ["scaleNum"] = 2 }));
        Assert.Equal(["us-east-1 shop-prod-v000 5 on"], Groups());
        await Run(On("resizeServerGroup", new() { ["action"] = "scale_down", ["scalePct"] = 40 }));
        Assert.Equal(["us-east-1 shop-prod-v000 3 on"], Groups());
        await Run(On("destroyServerGroup"));
        Assert.Empty(Groups());
    }

    [Fact]
    public async Task A_clone_is_like_its_source()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 2);
        var task = await Run(new()
        {
            ["type"] = "cloneServerGroup",
            ["source"] = new JsonObject { ["account"] = "prod", ["region"] = "us-east-1", ["serverGroupName"] = "shop-prod-v000" },
            ["useSourceCapacity"] = true,
        });

        Assert.Equal("SUCCEEDED", Status(task));
        Assert.Equal(["us-east-1 shop-prod-v000 2 on", "us-east-1 shop-prod-v001 2 on"], Groups());
    }
}
