using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests.Contract;

/// <summary>
/// Every key that is sent is in a real answer (<c>shapes.json</c>: the keys of the objects in Spinnaker's own fixtures and the kinds of
/// their values), with the same kind; or the contract names it.
/// </summary>
public sealed class ShapeTests : GateTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Shapes = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(Resource.Text("shapes.json"))!;

    /// <summary>What no fixture happens to have, by the section of the contract that has it.</summary>
    private static readonly Dictionary<string, string> Named = new()
    {
        ["execution.cancellationReason"] = "5",
        ["execution.paused"] = "5",
        ["trigger.correlationId"] = "5",
        ["stage.lastModified"] = "5",
        ["exceptionDetails.stackTrace"] = "5",
        ["createServerGroup.rollback"] = "8",
        ["createServerGroup.delayBeforeDisableSec"] = "8",
        ["createServerGroup.targetCapacity"] = "8: rollingredblack creates at 0 and grows to what was asked for",
        ["katoTask.history"] = "5",
        ["katoTask.exception"] = "5",
        ["instanceDetails.instanceId"] = "9",
        ["instanceDetails.zone"] = "9",
        ["serverGroupDetails.asg"] = "9",
        ["serverGroupDetails.launchConfig"] = "9",
        ["serverGroupDetails.scalingPolicies"] = "9",
        ["serverGroupDetails.buildInfo"] = "9: same ideas as the list",
        ["serverGroupDetails.loadBalancers"] = "9: same ideas as the list",
        ["serverGroupDetails.targetGroups"] = "9: same ideas as the list",
        ["serverGroup.targetGroups"] = "9",
        ["serverGroup.tags"] = "9",
        ["variable.value"] = "4: whatever the stage has",
        ["pipelineConfig.lastModified"] = "3",
    };

    [Fact]
    public async Task Executions_stages_and_tasks_have_the_keys_of_real_ones()
    {
        var execution = await Deployed();
        await Client.Patch($"/pipelines/{execution["id"]}/stages/{execution["stages"]![0]!["id"]}", new JsonObject());
        execution = await Read((string)execution["id"]!);

        List<string> odd = [.. Odd("execution", execution), .. Odd("trigger", execution["trigger"]!), .. Odd("authentication", execution["authentication"]!)];
        foreach (var stage in execution["stages"]!.AsArray())
        {
            odd.AddRange([.. Odd("stage", stage!), .. stage!["tasks"]!.AsArray().SelectMany(task => Odd("step", task!))]);
            odd.AddRange(stage["context"]!["kato.tasks"]?.AsArray().SelectMany(task => Odd("katoTask", task!)) ?? []);
        }

        var create = Find(execution, "1=1")["context"]!;
        odd.AddRange([.. Odd("createServerGroup", create, "type", "provider"), .. Odd("lastCapacityCheck", create["lastCapacityCheck"]!), .. Odd("source", create["source"]!)]);
        odd.AddRange(Odd("clusterStage", Find(execution, "1=1>1")["context"]!, "kato.tasks", "kato.last.task.id", "failPipeline", "continuePipeline", "completeOtherBranchesThenFail", "retainLargerOverNewer"));
        Assert.Empty(odd);
    }

    [Fact]
    public async Task Failures_have_the_keys_of_real_ones()
    {
        Gate.World.NeverUp("shop");
        var failed = Find(await Deployed(), "1=1")["context"]!;

        Assert.Empty((string[])[.. Odd("exception", failed["exception"]!), .. Odd("exceptionDetails", failed["exception"]!["details"]!)]);
    }

    [Fact]
    public async Task Found_images_have_the_keys_of_real_ones()
    {
        Gate.World.AddServerGroup("test", "us-east-1", "shop-test");
        Save("P", Stage("findImage", "1", null, new() { ["cluster"] = "shop-test", ["credentials"] = "test", ["regions"] = new JsonArray("us-east-1"), ["cloudProvider"] = "aws", ["onlyEnabled"] = true }));
        var context = Find(await After(await Start("P"), TimeSpan.FromMinutes(1)), "1")["context"]!;

        Assert.Empty((string[])[.. Odd("findImage", context), .. Odd("amiDetail", context["amiDetails"]![0]!)]);
    }

    [Fact]
    public async Task Tasks_have_the_keys_of_real_ones()
    {
        var path = (string)(await Client.Post("/tasks", new JsonObject { ["application"] = "shop", ["description"] = "x", ["job"] = new JsonArray(new JsonObject { ["type"] = "wait", ["waitTime"] = 1 }) })).Object["ref"]!;
        Gate.Advance(TimeSpan.FromMinutes(1));
        var task = (await Client.Get(path)).Object;

        Assert.Empty((string[])[.. Odd("task", task), .. Odd("execution", task["execution"]!), .. Odd("variable", task["variables"]![0]!), .. Odd("step", task["steps"]![0]!)]);
    }

    [Fact]
    public async Task Server_groups_and_instances_have_the_keys_of_real_ones()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod-detail");
        var listed = (await Client.Get("/applications/shop/serverGroups")).Array[0]!;
        var details = (await Client.Get("/applications/shop/serverGroups/prod/us-east-1/shop-prod-detail-v000")).Object;

        Assert.Empty((string[])[
            .. Odd("serverGroup", listed), .. Odd("instanceCounts", listed["instanceCounts"]!), .. Odd("moniker", listed["moniker"]!), .. Odd("capacity", listed["capacity"]!),
            .. Odd("instance", listed["instances"]![0]!), .. listed["instances"]![0]!["health"]!.AsArray().SelectMany(health => Odd("health", health!)),
            .. Odd("serverGroupDetails", details), .. Odd("instanceDetails", details["instances"]![0]!),
        ]);
    }

    [Fact]
    public async Task Configs_and_applications_have_the_keys_of_real_ones()
    {
        await Client.Post("/pipelines", JsonNode.Parse("""{"application":"shop","name":"P","stages":[],"triggers":[],"limitConcurrent":true,"keepWaitingPipelines":false}"""));
        var application = (await Client.Get("/applications/shop")).Object;

        Assert.Empty((string[])[
            .. Odd("pipelineConfig", (await Client.Get("/applications/shop/pipelineConfigs/P")).Object),
            .. Odd("application", application), .. Odd("attributes", application["attributes"]!),
        ]);
    }

    [Fact]
    public async Task Canary_analyses_have_the_keys_of_real_ones()
    {
        var config = (string)(await Client.Post("/v2/canaryConfig", new JsonObject { ["name"] = "c" })).Object["canaryConfigId"]!;
        var id = (string)(await Client.Post($"/v2/canaries/canary/{config}?application=shop", JsonNode.Parse("""{"scopes":{},"thresholds":{"pass":95,"marginal":75}}"""))).Object["canaryExecutionId"]!;
        Assert.Equal("running", Status((await Client.Get($"/v2/canaries/canary/{id}")).Object));
        Gate.Advance(TimeSpan.FromMinutes(2));
        var canary = (await Client.Get($"/v2/canaries/canary/{id}")).Object;

        Assert.Equal("Pass", (string?)canary["result"]!["judgeResult"]!["score"]!["classification"]);
        Assert.Empty((string[])[.. Odd("canary", canary), .. Odd("canaryResult", canary["result"]!), .. Odd("judgeResult", canary["result"]!["judgeResult"]!), .. Odd("canaryScore", canary["result"]!["judgeResult"]!["score"]!)]);
    }

    private async Task<JsonObject> Deployed()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        var image = Gate.World.AddImage("shop-2.0", "us-east-1");
        Save("P", Stage("deploy", "1", null, new()
        {
            ["clusters"] = new JsonArray(new JsonObject
            {
                ["account"] = "prod",
                ["application"] = "shop",
                ["stack"] = "prod",
                ["availabilityZones"] = new JsonObject { ["us-east-1"] = new JsonArray("us-east-1a") },
                ["strategy"] = "redblack",
                ["maxRemainingAsgs"] = 2,
                ["amiName"] = image.Id,
            }),
        }));
        return await After(await Start("P", new() { ["correlationId"] = "k" }), TimeSpan.FromHours(1));
    }

    /// <param name="more">Keys that the test itself or the stage's own config has put there.</param>
    private static IEnumerable<string> Odd(string shape, JsonNode actual, params string[] more) =>
        from member in actual.AsObject()
        let name = $"{shape}.{member.Key}"
        where !Named.ContainsKey(name) && !more.Contains(member.Key)
        let kinds = Shapes[shape].GetValueOrDefault(member.Key)
        where kinds?.Split('|').Contains(Kind(member.Value)) != true
        select $"{name} is {Kind(member.Value)}, not {kinds ?? "there"}";

    private static string Kind(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "bool",
        var kind => kind.ToString()!.ToLowerInvariant(),
    };
}
