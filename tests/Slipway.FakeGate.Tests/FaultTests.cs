using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Faults;

namespace Slipway.FakeGate.Tests;

public sealed class FaultTests : GateTests
{
    [Fact]
    public async Task Errors_come_for_so_many_requests_of_a_path()
    {
        Gate.Faults.Answer(new(Wrong.Error) { Status = 503, Times = 2, Path = "^/applications$" });

        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/version")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Client.Get("/applications")).Status);
        Assert.Equal(503, (int)(await Client.Get("/applications")).Object["status"]!);
        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/applications")).Status);
    }

    [Fact]
    public async Task Errors_come_for_a_time_and_to_a_method()
    {
        Gate.Faults.Answer(new(Wrong.Error) { Method = "POST", Until = new(2026, 8, 21, 12, 1, 0, TimeSpan.Zero) });
        Save("P", Stage("wait", "1"));

        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/version")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client.Post("/pipelines/shop/P")).Status);
        Gate.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Accepted, (await Client.Post("/pipelines/shop/P")).Status);
        Assert.Single(Gate.Executions.All);
    }

    [Fact]
    public async Task An_answer_that_is_lost_was_done_and_one_that_is_cut_off_was_not()
    {
        Save("P", Stage("wait", "1"));
        Gate.Faults.Answer(new(Wrong.Abort) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.Post("/pipelines/shop/P"));
        Assert.Empty(Gate.Executions.All);

        Gate.Faults.Answer(new(Wrong.Lost) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.Post("/pipelines/shop/P"));
        Assert.Single(Gate.Executions.All);
    }

    [Theory]
    [InlineData(Wrong.Html)]
    [InlineData(Wrong.Truncated)]
    public async Task Answers_may_be_rubbish(Wrong wrong)
    {
        Gate.Faults.Answer(new(wrong));
        var answer = await Client.Get("/applications/shop");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(answer.Text));
        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task Answers_may_be_empty_or_late_or_never_come()
    {
        Gate.Faults.Answer(new(Wrong.Empty) { Times = 1 });
        Assert.Empty((await Client.Get("/version")).Text);

        Gate.Faults.Answer(new(Wrong.Slow) { Times = 1, Delay = TimeSpan.FromMilliseconds(100) });
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty((await Client.Get("/version")).Text);
        Assert.True(watch.ElapsedMilliseconds >= 95);

        Gate.Faults.Answer(new(Wrong.Hang));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.Http.GetAsync(new Uri("/version", UriKind.Relative), patience.Token));
    }

    [Fact]
    public async Task Sessions_may_all_be_over_at_once()
    {
        Gate.Faults.SessionsExpired = true;
        var answer = await Client.Get("/applications");

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.EndsWith("/login", answer.Headers["Location"], StringComparison.Ordinal);
        Assert.Empty((await Client.Get("/auth/user")).Text);
    }

    [Fact]
    public async Task An_execution_may_not_be_readable_for_a_while()
    {
        Save("P", Stage("wait", "1"));
        Gate.Faults.HiddenAfterStart = TimeSpan.FromSeconds(10);
        var id = await Start("P");

        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"/pipelines/{id}")).Status);
        Gate.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await Client.Get($"/pipelines/{id}")).Status);
    }

    [Fact]
    public async Task A_stage_fails_as_told_before_its_children_do_anything()
    {
        Gate.Faults.FailStage("deploy 1", "first", "second");
        Save("P", Stage("deploy", "1", null, new() { ["clusters"] = new JsonArray(new JsonObject { ["account"] = "prod", ["availabilityZones"] = new JsonObject { ["us-east-1"] = new JsonArray() } }) }));

        var execution = await After(await Start("P"), TimeSpan.FromMinutes(1));
        Assert.Equal("TERMINAL", Status(execution));
        Assert.Equal(["1"], RefIds(execution));
        Assert.Equal(["first", "second"], Find(execution, "1")["context"]!["exception"]!["details"]!["errors"]!.AsArray().Select(error => (string)error!));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("pause")]
    public async Task Control_calls_may_do_nothing(string call)
    {
        Gate.Faults.Swallow(call);
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.OK, (await Client.Put($"/pipelines/{id}/{call}")).Status);
        Assert.Equal("RUNNING", Status(await After(id, TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public async Task A_status_may_be_one_that_nobody_knows()
    {
        Gate.Faults.RunningIsCalled = "PONDERING";
        Save("P", Stage("wait", "1", null, new() { ["waitTime"] = 600 }));

        Assert.Equal("PONDERING", Status(await After(await Start("P"), TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public async Task A_start_may_be_refused_by_Orca_and_a_save_by_its_task()
    {
        Save("P", Stage("wait", "1"));
        Gate.Faults.Reject("P", "Unmatched expected artifact");
        Gate.Faults.SaveFails = "Front50 is down";

        Assert.Contains("Unmatched expected artifact", (await Client.Post("/pipelines/shop/P")).Message, StringComparison.Ordinal);
        Assert.Equal("Failed on startup: Unmatched expected artifact", (string?)Gate.Executions.All.Single().Json["cancellationReason"]);
        Assert.Equal("Front50 is down", (await Client.Post("/pipelines", new JsonObject { ["application"] = "shop", ["name"] = "Q" })).Message);
    }

    [Fact]
    public async Task Programs_outside_ask_for_faults_over_HTTP()
    {
        await Client.Post("/_fake/faults", JsonNode.Parse("""{"answer":{"wrong":"Error","status":502,"path":"^/applications","times":1},"failStage":{"stage":"wait","errors":["x"]},"runningIsCalled":"ODD","swallow":["cancel"]}"""));
        Assert.Equal(HttpStatusCode.BadGateway, (await Client.Get("/applications")).Status);
        Assert.Equal("ODD", Gate.Faults.RunningIsCalled);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/_fake/faults", new JsonObject { ["nonsense"] = 1 })).Status);

        await Client.Delete("/_fake/faults");
        Assert.Null(Gate.Faults.RunningIsCalled);
    }

    [Fact]
    public async Task Programs_outside_see_and_change_what_is_behind_over_HTTP()
    {
        await Client.Put("/_fake/pipelineConfigs", JsonNode.Parse("""{"application":"shop","name":"P","stages":[]}"""));
        var id = (string)(await Client.Post("/_fake/executions", JsonNode.Parse("""{"application":"shop","pipeline":"P","user":"bob"}"""))).Object["id"]!;
        var made = await Client.Post("/_fake/serverGroups", JsonNode.Parse("""{"account":"prod","region":"us-east-1","cluster":"shop-prod","size":3}"""));
        await Client.Post($"/_fake/serverGroups/prod/us-east-1/{made.Object["name"]}/disable");

        var seen = (await Client.Get("/_fake/executions")).Object;
        Assert.Equal((1, id, "bob"), ((int)seen["started"]!, (string)seen["executions"]![0]!["id"]!, (string)seen["executions"]![0]!["user"]!));
        Assert.True(Gate.World.ServerGroups.Single().Disabled);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/_fake/serverGroups/prod/us-east-1/nobody/disable")).Status);
        Assert.Equal("{}", (await Client.Get("/_fake/requests")).Text);
    }
}
