using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class DeployTests : GateTests
{
    private static JsonObject Cluster(JsonObject? more = null)
    {
        JsonObject cluster = new()
        {
            ["account"] = "prod",
            ["application"] = "shop",
            ["stack"] = "prod",
            ["provider"] = "aws",
            ["availabilityZones"] = new JsonObject { ["us-east-1"] = new JsonArray("us-east-1a") },
            ["capacity"] = new JsonObject { ["min"] = 4, ["max"] = 4, ["desired"] = 4 },
        };
        foreach (var (key, value) in more ?? [])
            cluster[key] = value?.DeepClone();

        return cluster;
    }

    /// <summary>Its image is there already.</summary>
    private async Task<string> Deploy(JsonObject? more = null)
    {
        var image = Gate.World.AddImage("shop-2.0", "us-east-1");
        Save("P", Stage("deploy", "1", null, new() { ["clusters"] = new JsonArray(Cluster(more)) }));
        Gate.Configs.Save(With(Gate.Configs.All.Single(config => (string)config["name"]! == "P"), image.Id));
        return await Start("P");
    }

    private static JsonObject With(JsonObject config, string image)
    {
        config["stages"]![0]!["clusters"]![0]!["amiName"] ??= image;
        return config;
    }

    private string[] Groups() => [.. Gate.World.ServerGroups.Select(group => $"{group.Name} {group.Capacity.Desired} {(group.Disabled ? "off" : "on")}")];

    [Fact]
    public async Task A_bake_and_a_red_black_deploy_replace_the_running_server_group()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Save("Deploy",
            Stage("bake", "1", null, new() { ["package"] = "shop-${parameters.version}", ["regions"] = new JsonArray(), ["cloudProviderType"] = "aws" }),
            Stage("deploy", "2", ["1"], new() { ["clusters"] = new JsonArray(Cluster(new() { ["strategy"] = "redblack", ["maxRemainingAsgs"] = 2, ["delayBeforeDisableSec"] = 30 })) }));
        var id = await Start("Deploy", new() { ["parameters"] = new JsonObject { ["version"] = "1.2.3" } });
        var execution = await After(id, TimeSpan.FromMinutes(10));

        Assert.Equal("SUCCEEDED", Status(execution));
        Assert.Equal(["1", "2", "1=1", "2=1", "2=1>1", "2=1>2", "2=1>3"], RefIds(execution));
        Assert.Equal(["shop-prod-v000 4 off", "shop-prod-v001 4 on"], Groups());
        Assert.Equal("shop-1.2.3", Gate.World.ServerGroups[1].Image.Package);
    }

    [Fact]
    public async Task What_was_made_is_in_the_context()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        var execution = await After(await Deploy(), TimeSpan.FromMinutes(5));

        var child = Find(execution, "1=1");
        Assert.Equal(("Deploy in us-east-1", "createServerGroup", "STAGE_BEFORE"), ((string)child["name"]!, (string)child["type"]!, (string)child["syntheticStageOwner"]!));
        Assert.Equal((string?)Find(execution, "1")["id"], (string?)child["parentStageId"]);
        var context = child["context"]!;
        Assert.Equal("""{"us-east-1":["shop-prod-v001"]}""", context["deploy.server.groups"]!.ToJsonString());
        Assert.Equal(("prod", "shop-prod-v000", 4, 4), ((string)context["deploy.account.name"]!, (string)context["source"]!["serverGroupName"]!, (int)context["lastCapacityCheck"]!["up"]!, (int)context["targetDesiredSize"]!));
        Assert.Equal((string?)context["kato.last.task.id"]!["id"], (string?)context["kato.tasks"]![0]!["id"]);
        Assert.Equal(
            ["determineSourceServerGroup", "determineHealthProviders", "createServerGroup", "monitorDeploy", "forceCacheRefresh", "tagServerGroup", "waitForUpInstances", "forceCacheRefresh"],
            child["tasks"]!.AsArray().Select(task => (string)task!["name"]!));
    }

    [Fact]
    public async Task Without_a_strategy_the_old_group_stays()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        await After(await Deploy(), TimeSpan.FromMinutes(5));

        Assert.Equal(["shop-prod-v000 4 on", "shop-prod-v001 4 on"], Groups());
    }

    [Fact]
    public async Task Highlander_leaves_only_the_new_one()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        var execution = await After(await Deploy(new() { ["strategy"] = "highlander" }), TimeSpan.FromMinutes(5));

        Assert.Equal(["shop-prod-v001 4 on"], Groups());
        Assert.Equal("disableCluster", (string?)Find(execution, "1=1>1<1")["type"]);
    }

    [Fact]
    public async Task Red_black_scales_the_old_one_down_and_shrinks_the_cluster_where_asked()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Gate.World.Disable("prod", "us-east-1", "shop-prod-v000");
        await After(await Deploy(new() { ["strategy"] = "redblack", ["scaleDown"] = true, ["maxRemainingAsgs"] = 2 }), TimeSpan.FromMinutes(5));

        Assert.Equal(["shop-prod-v001 0 off", "shop-prod-v002 4 on"], Groups());
    }

    [Fact]
    public async Task Red_black_with_nothing_to_follow_does_nothing_more()
    {
        var execution = await After(await Deploy(new() { ["strategy"] = "redblack", ["scaleDown"] = true }), TimeSpan.FromMinutes(5));

        Assert.Equal(["1", "1=1"], RefIds(execution));
        Assert.Equal(["shop-prod-v000 4 on"], Groups());
    }

    [Fact]
    public async Task Rolling_red_black_grows_and_disables_by_shares()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Save("Check", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        var check = (string)Gate.Configs.All[0]["id"]!;
        var id = await Deploy(new()
        {
            ["strategy"] = "rollingredblack",
            ["targetPercentages"] = new JsonArray(50),
            ["pipelineBeforeCleanup"] = new JsonObject { ["application"] = "shop", ["pipelineId"] = check },
        });
        Gate.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["shop-prod-v000 4 on", "shop-prod-v001 2 on"], Groups());

        Gate.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(50, Gate.World.ServerGroups[0].DisabledPercent);
        var execution = await After(id, TimeSpan.FromMinutes(30));
        Assert.Equal(["shop-prod-v000 4 off", "shop-prod-v001 4 on"], Groups());
        Assert.Contains("Grow to 50% of Desired Size", execution["stages"]!.AsArray().Select(stage => (string)stage!["name"]!));
        Assert.False(Gate.World.ServerGroups[0].Pinned);
    }

    [Theory]
    [InlineData("continue", "SUCCEEDED", "shop-prod-v000 4 off", "shop-prod-v001 4 on")]
    [InlineData("abort", "TERMINAL", "shop-prod-v000 4 on", "shop-prod-v001 2 off")]
    public async Task A_monitored_deploy_does_what_its_monitor_says(string says, string status, params string[] groups)
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Gate.Faults.MonitorSays = says;
        var execution = await After(await Deploy(new()
        {
            ["strategy"] = "monitored",
            ["deploySteps"] = new JsonArray(new JsonObject { ["percentage"] = 50 }),
            ["deploymentMonitor"] = new JsonObject { ["id"] = "m" },
            ["failureActions"] = new JsonObject { ["rollback"] = "Automatic" },
        }), TimeSpan.FromMinutes(30));

        Assert.Equal(status, Status(execution));
        Assert.Equal(groups, Groups());
    }

    [Fact]
    public async Task A_custom_strategy_runs_a_pipeline_instead()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Save("Strategy", Stage("wait", "1", null, new() { ["waitTime"] = 5 }));
        var execution = await After(await Deploy(new() { ["strategy"] = "custom", ["strategyApplication"] = "shop", ["strategyPipeline"] = Gate.Configs.All[0]["id"]!.DeepClone() }), TimeSpan.FromMinutes(5));

        Assert.Equal("SUCCEEDED", Status(execution));
        Assert.Equal(["shop-prod-v000 4 on"], Groups());
        var ran = Gate.Executions.Get((string)Find(execution, "1=1>1")["context"]!["executionId"]!);
        Assert.Equal("shop-prod", (string?)ran.Json["trigger"]!["parameters"]!["cluster"]);
        Assert.Equal("applySourceServerGroupCapacity", (string?)Find(execution, "1=1>2")["type"]);
    }

    [Fact]
    public async Task Instances_that_never_get_up_end_the_deploy_at_its_timeout()
    {
        Gate.World.NeverUp("shop-2");
        var id = await Deploy();
        var waiting = Find(await After(id, TimeSpan.FromMinutes(5)), "1=1");
        Assert.Equal((0, 4), ((int)waiting["context"]!["lastCapacityCheck"]!["up"]!, (int)waiting["context"]!["lastCapacityCheck"]!["down"]!));

        var failed = Find(await After(id, TimeSpan.FromMinutes(30)), "1=1");
        Assert.Equal(("TERMINAL", "TimeoutException"), (Status(failed), (string)failed["context"]!["exception"]!["exceptionType"]!));
    }

    [Fact]
    public async Task A_launch_that_fails_is_rolled_back_where_asked()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod", 4);
        Gate.World.NeverUp("shop-2");
        var execution = await After(await Deploy(new() { ["strategy"] = "redblack", ["rollback"] = new JsonObject { ["onFailure"] = true } }), TimeSpan.FromHours(1));

        Assert.Equal("TERMINAL", Status(execution));
        Assert.Equal("rollbackCluster", (string?)Find(execution, "1=1>1")["type"]);
        Assert.Equal(["shop-prod-v000 4 on", "shop-prod-v001 4 off"], Groups());
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_an_error_of_Clouddriver()
    {
        var child = Find(await After(await Deploy(new() { ["amiName"] = "ami-nobody" }), TimeSpan.FromMinutes(5)), "1=1");

        Assert.True((bool)child["context"]!["kato.tasks"]![0]!["status"]!["failed"]!);
        Assert.Contains("ami-nobody", (string)child["context"]!["kato.tasks"]![0]!["exception"]!["message"]!, StringComparison.Ordinal);
        Assert.NotNull(child["context"]!["exception"]);
    }

    [Fact]
    public async Task Numbers_go_on_after_the_newest()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        Gate.World.Destroy("prod", "us-east-1", "shop-prod-v000");
        await After(await Deploy(), TimeSpan.FromMinutes(5));

        Assert.Equal(["shop-prod-v001", "shop-prod-v002"], Gate.World.ServerGroups.Select(group => group.Name));
    }
}
