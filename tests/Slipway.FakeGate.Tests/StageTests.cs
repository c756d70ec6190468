using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class StageTests : GateTests
{
    private static JsonObject Bake(string package, bool rebake = false, params string[] regions) => Stage("bake", "1", null, new()
    {
        ["package"] = package,
        ["regions"] = new JsonArray([.. regions.Select(region => (JsonNode)region)]),
        ["cloudProviderType"] = "aws",
        ["baseOs"] = "bionic",
        ["vmType"] = "hvm",
        ["rebake"] = rebake,
    });

    [Fact]
    public async Task A_bake_has_a_child_for_each_region_and_lists_their_images()
    {
        Save("P", Bake("shop-1.0", false, "us-east-1", "eu-west-1"));
        var id = await Start("P");
        var under = await After(id, TimeSpan.FromSeconds(40));
        Assert.Equal(("RUNNING", "Bake in us-east-1"), ((string)Find(under, "1=1")["context"]!["status"]!["state"]!, (string)Find(under, "1=1")["name"]!));

        var execution = await After(id, TimeSpan.FromMinutes(5));
        var context = Find(execution, "1=2")["context"]!;
        Assert.Equal(("COMPLETED", "SUCCESS", false), ((string)context["status"]!["state"]!, (string)context["status"]!["result"]!, (bool)context["previouslyBaked"]!));
        Assert.Equal((string?)context["ami"], (string?)context["imageId"]);
        var details = Find(execution, "1")["outputs"]!["deploymentDetails"]!.AsArray();
        Assert.Equal(["us-east-1", "eu-west-1"], details.Select(detail => (string)detail!["region"]!));
        Assert.Equal((string?)context["ami"], (string?)details[1]!["ami"]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task The_same_package_is_baked_once_unless_told_otherwise(bool rebake, bool reused)
    {
        Save("P", Bake("shop-1.0", rebake, "us-east-1"));
        var first = await After(await Start("P"), TimeSpan.FromMinutes(5));
        var second = await After(await Start("P"), TimeSpan.FromMinutes(5));

        Assert.Equal(reused, (bool)Find(second, "1=1")["context"]!["previouslyBaked"]!);
        Assert.Equal(reused, (string?)Find(first, "1=1")["context"]!["ami"] == (string?)Find(second, "1=1")["context"]!["ami"]);
    }

    [Fact]
    public async Task A_bake_that_fails_says_so_in_its_status()
    {
        Gate.Faults.FailBake("shop-2", "no space left");
        Save("P", Bake("shop-2.0", false, "us-east-1"));

        var child = Find(await After(await Start("P"), TimeSpan.FromMinutes(5)), "1=1");
        Assert.Equal(("TERMINAL", "FAILURE"), (Status(child), (string)child["context"]!["status"]!["result"]!));
        Assert.Equal("no space left", (string?)child["context"]!["exception"]!["details"]!["errors"]![0]);
    }

    [Fact]
    public async Task An_image_is_found_in_a_cluster_and_by_its_tags()
    {
        var group = Gate.World.AddServerGroup("test", "us-east-1", "shop-test");
        var tagged = Gate.World.AddImage("shop-9.0", "us-east-1", tags: new Dictionary<string, string> { ["stack"] = "prod" });
        Save("P",
            Stage("findImage", "1", null, new() { ["cluster"] = "shop-test", ["credentials"] = "test", ["regions"] = new JsonArray("us-east-1"), ["selectionStrategy"] = "NEWEST", ["onlyEnabled"] = true }),
            Stage("findImageFromTags", "2", null, new() { ["packageName"] = "shop", ["regions"] = new JsonArray("us-east-1"), ["tags"] = new JsonObject { ["stack"] = "prod" } }));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(1));
        var detail = Find(execution, "1")["context"]!["amiDetails"]![0]!;
        Assert.Equal((group.Image.Id, "shop-test-v000"), ((string)detail["imageId"]!, (string)detail["sourceServerGroup"]!));
        Assert.Equal(tagged.Id, (string?)Find(execution, "2")["outputs"]!["deploymentDetails"]![0]!["ami"]);
    }

    [Fact]
    public async Task Variables_are_outputs_and_a_later_one_uses_an_earlier()
    {
        Save("P",
            Stage("evaluateVariables", "1", null, new() { ["variables"] = new JsonArray(Variable("a", "${ parameters.x }"), Variable("b", "${ a + '-' + execution.application }")) }),
            Stage("wait", "2", ["1"], new() { ["waitTime"] = 1, ["text"] = "${ b } of ${ execution['id'] }" }));
        var id = await Start("P", new() { ["parameters"] = new JsonObject { ["x"] = "1" } });

        var execution = await After(id, TimeSpan.FromMinutes(1));
        Assert.Equal("1-shop", (string?)Find(execution, "1")["outputs"]!["b"]);
        Assert.Equal($"1-shop of {id}", (string?)Find(execution, "2")["context"]!["text"]);

        static JsonObject Variable(string key, string value) => new() { ["key"] = key, ["value"] = value };
    }

    [Fact]
    public async Task An_expression_that_fails_stays_as_it_is_and_is_told()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 1, ["text"] = "${ parameters.nothing }" }));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(1));
        Assert.Equal("SUCCEEDED", Status(execution));
        Assert.Equal("${ parameters.nothing }", (string?)Find(execution, "1")["context"]!["text"]);
        Assert.Equal("ERROR", (string?)Find(execution, "1")["context"]!["expressionEvaluationSummary"]!["${ parameters.nothing }"]![0]!["level"]);
    }

    [Fact]
    public async Task A_child_pipeline_knows_its_parent_and_ends_its_stage()
    {
        Save("Child", Stage("wait", "1", null, new() { ["waitTime"] = 10 }));
        Save("P", Stage("pipeline", "1", null, new() { ["application"] = "shop", ["pipeline"] = "Child", ["pipelineParameters"] = new JsonObject { ["x"] = "y" } }));
        var id = await Start("P", new() { ["user"] = "ann" });

        var stage = Find(await After(id, TimeSpan.FromMinutes(1)), "1");
        Assert.Equal(("SUCCEEDED", "Child"), (Status(stage), (string)stage["context"]!["executionName"]!));
        var trigger = (await Read((string)stage["context"]!["executionId"]!))["trigger"]!;
        Assert.Equal(("pipeline", id, "P", "ann", "y"), ((string)trigger["type"]!, (string)trigger["parentPipelineId"]!, (string)trigger["parentPipelineName"]!, (string)trigger["user"]!, (string)trigger["parameters"]!["x"]!));
        Assert.Equal(id, (string?)trigger["parentExecution"]!["id"]);
    }

    [Fact]
    public async Task A_canceled_parent_cancels_its_child()
    {
        Save("Child", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        Save("P", Stage("pipeline", "1", null, new() { ["application"] = "shop", ["pipeline"] = "Child" }));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(10));
        await Client.Put($"/pipelines/{id}/cancel");

        var child = await After((string)Find(await Read(id), "1")["context"]!["executionId"]!, TimeSpan.FromSeconds(5));
        Assert.Equal(("CANCELED", "parent pipeline"), (Status(child), (string)child["canceledBy"]!));
    }

    [Theory]
    [InlineData(96, "SUCCEEDED", 2)]
    [InlineData(80, "TERMINAL", 2)]
    [InlineData(75, "TERMINAL", 1)]
    public async Task A_canary_is_judged_in_intervals(double last, string status, int runs)
    {
        Gate.Canaries.Say(runs == 1 ? [last] : [90, last]);
        Save("P", Stage("kayentaCanary", "1", null, new()
        {
            ["analysisType"] = "realTime",
            ["canaryConfig"] = new JsonObject
            {
                ["canaryConfigId"] = "c",
                ["scopes"] = new JsonArray(new JsonObject { ["scopeName"] = "default" }),
                ["scoreThresholds"] = new JsonObject { ["pass"] = "95", ["marginal"] = "75" },
                ["lifetimeDuration"] = "PT1H",
                ["canaryAnalysisIntervalMins"] = "30",
            },
        }));

        var execution = await After(await Start("P"), TimeSpan.FromHours(2));
        Assert.Equal(status, Status(execution));
        var scores = execution["stages"]!.AsArray().Where(stage => (string)stage!["type"]! == "runCanary").Select(stage => stage!["context"]!["canaryScore"]).Where(score => score is not null).ToList();
        Assert.Equal((runs, last), (scores.Count, (double)scores[^1]!));
        if (runs == 2)
            Assert.Equal(2, Find(execution, "1")["context"]!["canaryScores"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_canary_without_scopes_fails_at_planning()
    {
        Save("P", Stage("kayentaCanary", "1", null, new() { ["analysisType"] = "realTime", ["canaryConfig"] = new JsonObject { ["lifetimeDuration"] = "PT1H" } }));

        var stage = Find(await After(await Start("P"), TimeSpan.FromMinutes(1)), "1");
        Assert.Equal("TERMINAL", Status(stage));
        Assert.NotNull(stage["context"]!["exception"]);
    }

    [Fact]
    public async Task An_automatic_canary_deploys_a_pair_and_clears_it_away()
    {
        var running = Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        Save("P", Bake("shop-2.0", false, "us-east-1"), Stage("kayentaCanary", "2", ["1"], new()
        {
            ["analysisType"] = "realTimeAutomatic",
            ["canaryConfig"] = new JsonObject
            {
                ["scopes"] = new JsonArray(new JsonObject { ["scopeName"] = "default" }),
                ["scoreThresholds"] = new JsonObject { ["pass"] = "95", ["marginal"] = "75" },
                ["lifetimeDuration"] = "PT30M",
            },
            ["deployments"] = new JsonObject
            {
                ["baseline"] = new JsonObject { ["account"] = "prod", ["cluster"] = "shop-prod", ["application"] = "shop", ["cloudProvider"] = "aws" },
                ["delayBeforeCleanup"] = "PT10M",
                ["serverGroupPairs"] = new JsonArray(new JsonObject { ["control"] = Side("baseline"), ["experiment"] = Side("canary") }),
            },
        }));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromMinutes(8));
        var images = Gate.World.ServerGroups.ToDictionary(group => group.Cluster, group => group.Image.Id);
        Assert.Equal(["shop-prod", "shop-prod-baseline", "shop-prod-canary"], images.Keys.Order());
        Assert.Equal((running.Image.Id, false), (images["shop-prod-baseline"], images["shop-prod-canary"] == running.Image.Id));

        Assert.Equal("SUCCEEDED", Status(await After(id, TimeSpan.FromHours(1))));
        Assert.Equal(["shop-prod"], Gate.World.ServerGroups.Select(group => group.Cluster));

        static JsonObject Side(string detail) => new()
        {
            ["account"] = "prod",
            ["application"] = "shop",
            ["stack"] = "prod",
            ["freeFormDetails"] = detail,
            ["availabilityZones"] = new JsonObject { ["us-east-1"] = new JsonArray("us-east-1a") },
            ["capacity"] = new JsonObject { ["min"] = 1, ["max"] = 1, ["desired"] = 1 },
        };
    }
}
