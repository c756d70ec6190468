using System.Net;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class StartTests : GateTests
{
    private static JsonObject Waiting(int seconds = 60) => Stage("wait", "1", null, new() { ["waitTime"] = seconds });

    private void SaveWithParameter() => SaveWith("P", new()
    {
        ["parameterConfig"] = new JsonArray(
            new JsonObject { ["name"] = "version", ["required"] = true },
            new JsonObject { ["name"] = "size", ["required"] = true, ["default"] = "3" }),
    }, Waiting());

    [Fact]
    public async Task The_body_is_the_trigger()
    {
        SaveWithParameter();
        var id = await Start("P", new() { ["user"] = "svc@x", ["parameters"] = new JsonObject { ["version"] = "1.2.3" }, ["extra"] = "kept" });

        var trigger = (await Read(id))["trigger"]!;
        Assert.Equal("""{"version":"1.2.3","size":"3"}""", trigger["parameters"]!.ToJsonString());
        Assert.Equal(("manual", "svc@x", "kept", id), ((string)trigger["type"]!, (string)trigger["user"]!, (string)trigger["extra"]!, (string)trigger["executionId"]!));
        Assert.Equal("svc@x", (string?)(await Read(id))["authentication"]!["user"]);
    }

    [Fact]
    public async Task A_wrapped_trigger_loses_its_parameters()
    {
        SaveWithParameter();
        var answer = await Client.Post("/pipelines/shop/P", new JsonObject { ["trigger"] = new JsonObject { ["parameters"] = new JsonObject { ["version"] = "1" } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Unable to trigger pipeline (application: shop, pipelineNameOrId: P). Error: ", answer.Message, StringComparison.Ordinal);
        Assert.Contains("Required parameter version is missing", answer.Message, StringComparison.Ordinal);
        Assert.Empty(Gate.Executions.All);
    }

    [Fact]
    public async Task An_unknown_pipeline_is_not_found_and_a_known_one_has_its_id_as_well_as_its_name()
    {
        Save("P", Waiting());
        var config = (string)Gate.Configs.All[0]["id"]!;

        Assert.Equal(HttpStatusCode.NotFound, (await Client.Post("/pipelines/shop/Q")).Status);
        var started = await Client.Post($"/pipelines/shop/{config}");
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        Assert.Equal(config, (string?)(await Read(Reference(started)))["pipelineConfigId"]);
    }

    [Fact]
    public async Task A_disabled_pipeline_answers_an_error_and_leaves_a_failed_execution_behind()
    {
        SaveWith("P", new() { ["disabled"] = true }, Waiting());

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/pipelines/shop/P")).Status);
        Assert.Equal(Executions.Status.Terminal, Gate.Executions.All.Single().Status);
    }

    [Fact]
    public async Task A_key_finds_the_execution_only_while_it_is_not_complete()
    {
        Save("P", Waiting());
        JsonObject trigger = new() { ["correlationId"] = "our-key" };
        var first = await Start("P", trigger);
        Assert.Equal(first, await Start("P", trigger));

        Gate.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, await Start("P", trigger));
        Assert.Equal(2, Gate.Executions.All.Count);
    }

    [Fact]
    public async Task Waiting_runs_that_are_not_kept_give_way_to_the_newest()
    {
        SaveWith("P", new() { ["limitConcurrent"] = true, ["keepWaitingPipelines"] = false }, Waiting());
        var running = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(10));
        var (second, third) = (await Start("P"), await Start("P"));
        Gate.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["RUNNING", "NOT_STARTED", "NOT_STARTED"], [Status(await Read(running)), Status(await Read(second)), Status(await Read(third))]);

        Gate.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["SUCCEEDED", "CANCELED", "RUNNING"], [Status(await Read(running)), Status(await Read(second)), Status(await Read(third))]);
        Assert.Equal("spinnaker", (string?)(await Read(second))["canceledBy"]);
    }

    [Fact]
    public async Task Waiting_runs_that_are_kept_start_in_their_order()
    {
        SaveWith("P", new() { ["limitConcurrent"] = true, ["keepWaitingPipelines"] = true }, Waiting());
        var running = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(10));
        var (second, third) = (await Start("P"), await Start("P"));

        Gate.Advance(TimeSpan.FromSeconds(65));
        Assert.Equal(["SUCCEEDED", "RUNNING", "NOT_STARTED"], [Status(await Read(running)), Status(await Read(second)), Status(await Read(third))]);
    }

    [Fact]
    public async Task A_waiting_run_that_is_canceled_lets_nobody_start()
    {
        SaveWith("P", new() { ["limitConcurrent"] = true }, Waiting());
        var running = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(5));
        var (second, third) = (await Start("P"), await Start("P"));
        Gate.Advance(TimeSpan.FromSeconds(5));
        await Client.Put($"/pipelines/{third}/cancel");
        Gate.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["RUNNING", "NOT_STARTED", "CANCELED"], [Status(await Read(running)), Status(await Read(second)), Status(await Read(third))]);
    }

    [Fact]
    public async Task Through_Echo_the_execution_is_there_only_later()
    {
        Save("P", Waiting());
        var answer = await Client.Post("/pipelines/v2/shop/P");
        var id = Reference(answer);

        Assert.NotEmpty((string)answer.Object["eventId"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"/pipelines/{id}")).Status);
        Gate.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((string?)answer.Object["eventId"], (string?)(await Read(id))["trigger"]!["eventId"]);
    }

    [Fact]
    public async Task Echo_may_drop_a_trigger_for_ever()
    {
        Save("P", Waiting());
        Gate.Faults.EchoDrops = true;
        var id = Reference(await Client.Post("/pipelines/v2/shop/P"));

        Gate.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"/pipelines/{id}")).Status);
    }

    [Fact]
    public async Task A_pipeline_that_is_not_saved_runs_too()
    {
        var answer = await Client.Post("/pipelines/start", new JsonObject { ["application"] = "shop", ["name"] = "Once", ["stages"] = new JsonArray(Waiting(1)), ["trigger"] = new JsonObject { ["type"] = "manual" } });

        var execution = await After(Reference(answer), TimeSpan.FromSeconds(10));
        Assert.Equal("SUCCEEDED", Status(execution));
        Assert.False(execution.ContainsKey("pipelineConfigId"));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        Gate.World.AddServerGroup("prod", "us-east-1", "shop-prod");
        Save("P", Stage("destroyServerGroup", "1", null, new() { ["serverGroupName"] = "shop-prod-v000", ["region"] = "us-east-1", ["credentials"] = "prod" }));

        Assert.Equal("SUCCEEDED", Status(await After(await Start("P", new() { ["dryRun"] = true }), TimeSpan.FromMinutes(1))));
        Assert.Single(Gate.World.ServerGroups);
    }

    [Fact]
    public async Task A_task_runs_its_jobs_in_a_line()
    {
        var answer = await Client.Post("/tasks", new JsonObject
        {
            ["application"] = "shop",
            ["description"] = "Make it",
            ["job"] = new JsonArray(
                new JsonObject { ["type"] = "createApplication", ["application"] = new JsonObject { ["name"] = "fresh", ["email"] = "a@b.c" } },
                new JsonObject { ["type"] = "wait", ["waitTime"] = 5 }),
        });
        var path = (string)answer.Object["ref"]!;

        Assert.StartsWith("/tasks/", path, StringComparison.Ordinal);
        Gate.Advance(TimeSpan.FromSeconds(20));
        var task = (await Client.Get(path)).Object;
        Assert.Equal(("Make it", "SUCCEEDED", "ORCHESTRATION"), ((string)task["name"]!, Status(task), (string)task["execution"]!["type"]!));
        Assert.Contains(task["variables"]!.AsArray(), variable => (string)variable!["key"]! == "waitTime");
        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/applications/fresh")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(path.Replace("tasks", "pipelines", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_task_that_failed_says_why_in_its_variables()
    {
        var answer = await Client.Post("/applications/shop/tasks", new JsonObject { ["description"] = "x", ["job"] = new JsonArray(new JsonObject { ["type"] = "disableServerGroup", ["serverGroupName"] = "no-v000", ["region"] = "us-east-1", ["credentials"] = "prod" }) });
        Gate.Advance(TimeSpan.FromSeconds(20));

        var task = (await Client.Get((string)answer.Object["ref"]!)).Object;
        Assert.Equal("TERMINAL", Status(task));
        var exception = task["variables"]!.AsArray().Single(variable => (string)variable!["key"]! == "exception")!["value"]!;
        Assert.Contains("not found", (string)exception["details"]!["errors"]![0]!, StringComparison.Ordinal);
        Assert.Contains("\"failed\":true", task["variables"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_canceled()
    {
        var path = (string)(await Client.Post("/tasks", new JsonObject { ["application"] = "shop", ["job"] = new JsonArray(new JsonObject { ["type"] = "wait", ["waitTime"] = 500 }) })).Object["ref"]!;
        Gate.Advance(TimeSpan.FromSeconds(20));
        await Client.Put($"{path}/cancel");

        Gate.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("CANCELED", Status((await Client.Get(path)).Object));
    }
}
