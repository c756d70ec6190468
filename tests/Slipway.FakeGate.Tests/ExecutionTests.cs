using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class ExecutionTests : GateTests
{
    private static JsonObject Failing(string refId, JsonObject? context = null, params string[] after) => Stage("checkPreconditions", refId, after, new JsonObject
    {
        ["preconditions"] = new JsonArray(new JsonObject { ["type"] = "expression", ["context"] = new JsonObject { ["expression"] = "${ 1 == 2 }" } }),
    }.With(context));

    private static JsonObject OnFailure(bool? fail, bool? go, bool? others) => new() { ["failPipeline"] = fail, ["continuePipeline"] = go, ["completeOtherBranchesThenFail"] = others };

    [Theory]
    [InlineData(null, null, null, "TERMINAL", "NOT_STARTED", "CANCELED", "TERMINAL")]
    [InlineData(true, false, false, "TERMINAL", "NOT_STARTED", "CANCELED", "TERMINAL")]
    [InlineData(false, true, false, "FAILED_CONTINUE", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED")]
    [InlineData(false, false, true, "STOPPED", "NOT_STARTED", "SUCCEEDED", "TERMINAL")]
    [InlineData(false, false, false, "STOPPED", "NOT_STARTED", "SUCCEEDED", "SUCCEEDED")]
    public async Task What_a_failure_comes_to_is_said_by_the_options_of_its_stage(bool? fail, bool? go, bool? others, string failed, string next, string beside, string all)
    {
        // The condition is the child's own to hold or not; that it may fail its stage is not asked for here.
        var stage = Failing("1", OnFailure(fail, go, others));
        stage["preconditions"]![0]!["failPipeline"] = fail ?? true;
        Save("P", stage, Stage("wait", "2", ["1"], new() { ["waitTime"] = 1 }), Stage("wait", "3", null, new() { ["waitTime"] = 30 }));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(2));
        Assert.Equal([failed, next, beside, all], [Status(Find(execution, "1")), Status(Find(execution, "2")), Status(Find(execution, "3")), Status(execution)]);
        Assert.True(execution.ContainsKey("endTime"));
    }

    [Fact]
    public async Task The_exception_is_in_the_child_that_failed_and_not_in_its_parent()
    {
        Save("P", Failing("1"));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(1));
        var exception = Find(execution, "1=1")["context"]!["exception"]!;
        Assert.Equal(("PreconditionFailure", "checkPrecondition", "Unexpected Task Failure"), ((string)exception["exceptionType"]!, (string)exception["operation"]!, (string)exception["details"]!["error"]!));
        Assert.NotEmpty(exception["details"]!["errors"]!.AsArray());
        Assert.False(Find(execution, "1")["context"]!.AsObject().ContainsKey("exception"));
    }

    [Theory]
    [InlineData("parameters.env == 'prod'", "SUCCEEDED")]
    [InlineData("${ parameters['env'] == 'test' }", "SKIPPED")]
    [InlineData("parameters.nothing == 'x'", "SKIPPED")]
    public async Task A_stage_that_is_not_enabled_is_skipped_and_lets_the_next_one_start(string expression, string status)
    {
        Save("P",
            Stage("wait", "1", null, new() { ["waitTime"] = 1, ["stageEnabled"] = new JsonObject { ["type"] = "expression", ["expression"] = expression } }),
            Stage("wait", "2", ["1"], new() { ["waitTime"] = 1 }));

        var execution = await After(await Start("P", new() { ["parameters"] = new JsonObject { ["env"] = "prod" } }), TimeSpan.FromMinutes(1));
        Assert.Equal([status, "SUCCEEDED", "SUCCEEDED"], [Status(Find(execution, "1")), Status(Find(execution, "2")), Status(execution)]);
    }

    [Fact]
    public async Task A_type_that_nobody_knows_fails_with_its_name()
    {
        Save("P", Stage("doMagic", "1"));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(1));
        Assert.Equal("TERMINAL", Status(execution));
        Assert.Contains("doMagic", (string)Find(execution, "1")["context"]!["exception"]!["details"]!["errors"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_of_a_stage_fails_it()
    {
        Save("P", Stage("manualJudgment", "1", null, new() { ["stageTimeoutMs"] = 60000 }));

        Assert.Equal("TERMINAL", Status(await After(await Start("P"), TimeSpan.FromMinutes(2))));
    }

    [Fact]
    public async Task Not_expanded_is_without_contexts_outputs_and_tasks()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(5));

        Assert.NotEmpty(Find(await Read(id), "1")["tasks"]!.AsArray());
        var bare = (await Client.Get("/applications/shop/pipelines?expand=false")).Array.Single()!.AsObject();
        Assert.Equal("""{},{},[]""", $"{Find(bare, "1")["context"]!.ToJsonString()},{Find(bare, "1")["outputs"]!.ToJsonString()},{Find(bare, "1")["tasks"]!.ToJsonString()}");
    }

    [Fact]
    public async Task Executions_are_listed_by_ids_or_by_configs_or_not_at_all()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        var (first, second) = (await Start("P"), await Start("P"));
        var config = (string)Gate.Configs.All[0]["id"]!;

        Assert.Empty((await Client.Get("/executions")).Array);
        Assert.Equal(2, (await Client.Get($"/executions?executionIds={first},{second},nobody")).Array.Count);
        Assert.Equal(second, (string?)(await Client.Get($"/executions?pipelineConfigIds={config}")).Array.Single()!["id"]);
        Assert.Empty((await Client.Get($"/executions?pipelineConfigIds={config}&limit=5&statuses=SUCCEEDED")).Array);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Get($"/executions?pipelineConfigIds={config}&executionIds={first}")).Status);
    }

    [Fact]
    public async Task The_limit_of_an_applications_list_is_for_each_pipeline()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 1 }));
        Save("Q", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        foreach (var name in (string[])["P", "P", "Q"])
            await Start(name);

        Gate.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["Q", "P"], (await Client.Get("/applications/shop/pipelines?limit=1")).Array.Select(found => (string)found!["name"]!));
        Assert.Equal(["Q"], (await Client.Get("/applications/shop/pipelines?statuses=RUNNING")).Array.Select(found => (string)found!["name"]!));
        Assert.Equal(["Q"], (await Client.Get("/applications/shop/pipelines?pipelineNameFilter=q")).Array.Select(found => (string)found!["name"]!));
    }

    [Fact]
    public async Task A_search_finds_by_every_part_of_the_trigger()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 1 }));
        var first = await Start("P", new() { ["correlationId"] = "Key-1", ["parameters"] = new JsonObject { ["version"] = "1.0" } });
        Gate.Advance(TimeSpan.FromSeconds(10));
        var second = await Start("P", new() { ["type"] = "ci", ["correlationId"] = "Key-2", ["parameters"] = new JsonObject { ["version"] = "2.0" } });

        Assert.Equal([second, first], await Search(""));
        Assert.Equal([first, second], await Search("reverse=true"));
        Assert.Equal([first], await Search("startIndex=1&size=1"));
        Assert.Equal([second], await Search("triggerTypes=ci"));
        Assert.Equal([first], await Search($"trigger={Base64("""{"correlationId":"KEY-1"}""")}"));
        Assert.Equal([second], await Search($"trigger={Base64("""{"parameters":{"version":"2\\..*"}}""")}"));
        Assert.Equal([first], await Search("statuses=SUCCEEDED"));
        Assert.Equal([second], await Search("triggerTimeStartBoundary=1787313605000"));
        Assert.Equal([first], await Search("triggerTimeEndBoundary=1787313605000"));
        Assert.Equal([second, first], await Search("pipelineName=*"));
        Assert.Empty(await Search("pipelineName=Q"));
        Assert.Equal([second, first], (await Client.Get("/applications/*/executions/search")).Array.Select(found => (string)found!["id"]!));
    }

    [Fact]
    public async Task Failed_stages_are_the_leaves_in_child_pipelines_too()
    {
        Save("Child", Failing("1"));
        Save("P", Stage("pipeline", "1", null, new() { ["application"] = "shop", ["pipeline"] = "Child" }));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromMinutes(2));

        var found = (await Client.Get($"/executions/failedStages?executionId={id}&limit=5")).Array.Single()!;
        Assert.Equal(("1=1", "Child"), ((string)found["refId"]!, (string)found["pipelineName"]!));
    }

    [Fact]
    public async Task Only_a_complete_execution_is_deleted()
    {
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 60 }));
        var id = await Start("P");

        Assert.Equal(HttpStatusCode.Conflict, (await Client.Delete($"/pipelines/{id}")).Status);
        Gate.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await Client.Delete($"/pipelines/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"/pipelines/{id}")).Status);
    }

    private static string Base64(string text) => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    private async Task<IEnumerable<string>> Search(string query) =>
        (await Client.Get($"/applications/shop/executions/search?{query}")).Array.Select(found => (string)found!["id"]!).ToList();
}

file static class Objects
{
    public static JsonObject With(this JsonObject one, JsonObject? more)
    {
        foreach (var (key, value) in more ?? [])
        {
            if (value is not null)
                one[key] = value.DeepClone();
        }

        return one;
    }
}
