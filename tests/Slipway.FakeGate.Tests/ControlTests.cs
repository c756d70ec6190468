using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Access;

namespace Slipway.FakeGate.Tests;

public sealed class ControlTests : GateTests
{
    private protected override FakeGateOptions Options => new() { Authentication = new(SignIn.Header, new("ann") { Roles = ["qa"] }, new("bob")) };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        As("ann");
    }

    private void As(string user)
    {
        Client.Http.DefaultRequestHeaders.Remove("X-SPINNAKER-USER");
        Client.Http.DefaultRequestHeaders.Add("X-SPINNAKER-USER", user);
    }

    private async Task<string> Running(params JsonObject[] stages)
    {
        Save("P", stages);
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(5));
        return id;
    }

    private static JsonObject Wait(string refId, int seconds, params string[] after) => Stage("wait", refId, after, new() { ["waitTime"] = seconds });

    private async Task<string> StageId(string id, string refId) => (string)Find(await Read(id), refId)["id"]!;

    [Fact]
    public async Task A_cancel_answers_at_once_and_happens_a_little_later()
    {
        var id = await Running(Wait("1", 600), Wait("2", 1, "1"));
        var answer = await Client.Put($"/pipelines/{id}/cancel?reason=because");

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
        Assert.Equal("RUNNING", Status(await Read(id)));
        var execution = await After(id, TimeSpan.FromSeconds(2));
        Assert.Equal(["CANCELED", "CANCELED", "NOT_STARTED"], [Status(execution), Status(Find(execution, "1")), Status(Find(execution, "2"))]);
        Assert.Equal(("ann", "because", true), ((string)execution["canceledBy"]!, (string)execution["cancellationReason"]!, (bool)execution["canceled"]!));
    }

    [Fact]
    public async Task While_paused_what_runs_finishes_and_nothing_new_starts()
    {
        var id = await Running(Wait("1", 60), Wait("2", 1, "1"));
        await Client.Put($"/pipelines/{id}/pause");
        var paused = await After(id, TimeSpan.FromMinutes(5));

        Assert.Equal(["PAUSED", "NOT_STARTED", "SUCCEEDED"], [Status(paused), Status(Find(paused, "2")), (string)Find(paused, "1")["tasks"]![0]!["status"]!]);
        Assert.Equal("ann", (string?)paused["paused"]!["pausedBy"]);

        await Client.Put($"/pipelines/{id}/resume");
        var resumed = await After(id, TimeSpan.FromMinutes(1));
        Assert.Equal("SUCCEEDED", Status(resumed));
        Assert.NotNull(resumed["paused"]!["resumeTime"]);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task What_can_not_be_done_is_swallowed(string call)
    {
        var id = await Running(Wait("1", 1));
        Gate.Advance(TimeSpan.FromMinutes(1));
        var before = await Read(id);

        Assert.Equal(HttpStatusCode.OK, (await Client.Put($"/pipelines/{id}/{call}")).Status);
        Assert.True(JsonNode.DeepEquals(before, await After(id, TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public async Task An_unknown_id_takes_its_time()
    {
        await using var gate = await Gate.StartAsync(new() { UnknownIdDelay = TimeSpan.FromMilliseconds(200) });
        using var client = new Client(gate.Url);
        var watch = Stopwatch.StartNew();

        Assert.Equal(HttpStatusCode.NotFound, (await client.Put("/pipelines/nobody/cancel")).Status);
        Assert.InRange(watch.ElapsedMilliseconds, 190, 10_000);
    }

    [Fact]
    public async Task A_restart_answers_the_execution_as_it_was_and_runs_the_stage_and_all_after_it_again()
    {
        Gate.Faults.FailStage("wait 2", "broken");
        var id = await Running(Wait("1", 1), Wait("2", 1, "1"), Wait("3", 1, "2"));
        Assert.Equal("TERMINAL", Status(await After(id, TimeSpan.FromMinutes(1))));
        Gate.Faults.Clear();

        var answer = await Client.Put($"/pipelines/{id}/stages/{await StageId(id, "2")}/restart", new JsonObject());
        Assert.Equal("TERMINAL", Status(answer.Object));
        Gate.Advance(TimeSpan.FromSeconds(1.1));
        var again = await Read(id);
        Assert.Equal("RUNNING", Status(again));
        Assert.False(again.ContainsKey("endTime"));

        var done = await After(id, TimeSpan.FromMinutes(1));
        Assert.Equal(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"], [Status(done), Status(Find(done, "2")), Status(Find(done, "3"))]);
        var details = Find(done, "2")["context"]!["restartDetails"]!;
        Assert.Equal(("ann", "broken"), ((string)details["restartedBy"]!, (string)details["previousException"]!["details"]!["errors"]![0]!));
    }

    [Fact]
    public async Task A_restart_of_a_child_restarts_its_top_stage_and_one_that_runs_is_left_alone()
    {
        Gate.Faults.FailStage("checkPreconditions", "no");
        Save("P", Stage("checkPreconditions", "1", null, new() { ["preconditions"] = new JsonArray(new JsonObject { ["type"] = "expression", ["context"] = new JsonObject { ["expression"] = "true" } }) }), Wait("2", 600, "1"));
        var id = await Start("P");
        Gate.Advance(TimeSpan.FromSeconds(10));
        Gate.Faults.Clear();

        await Client.Put($"/pipelines/{id}/stages/{await StageId(id, "1")}/restart");
        var execution = await After(id, TimeSpan.FromSeconds(10));
        Assert.Equal(["SUCCEEDED", "RUNNING"], [Status(Find(execution, "1")), Status(Find(execution, "2"))]);

        var started = (long)Find(execution, "2")["startTime"]!;
        await Client.Put($"/pipelines/{id}/stages/{await StageId(id, "2")}/restart");
        Assert.Equal(started, (long)Find(await After(id, TimeSpan.FromSeconds(10)), "2")["startTime"]!);
    }

    [Fact]
    public async Task A_patch_is_merged_and_says_who_did_it()
    {
        var id = await Running(Wait("1", 600));
        var answer = await Client.Patch($"/pipelines/{id}/stages/{await StageId(id, "1")}", new JsonObject { ["comment"] = "x", ["skipRemainingWait"] = true });

        var stage = Find(answer.Object, "1");
        Assert.Equal(("x", "ann", "ann"), ((string)stage["context"]!["comment"]!, (string)stage["context"]!["lastModifiedBy"]!, (string)stage["lastModified"]!["user"]!));
        Assert.Equal("SUCCEEDED", Status(await After(id, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task A_patch_of_a_stage_that_is_not_there_is_swallowed()
    {
        var id = await Running(Wait("1", 600));
        var answer = await Client.Patch($"/pipelines/{id}/stages/nobody", new JsonObject());

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_manual_skip_is_taken_only_where_the_type_allows_it()
    {
        Save("Child", Wait("1", 600));
        var id = await Running(Wait("1", 600), Stage("pipeline", "2", null, new() { ["application"] = "shop", ["pipeline"] = "Child", ["skippable"] = true }));

        await Client.Patch($"/pipelines/{id}/stages/{await StageId(id, "1")}", new JsonObject { ["manualSkip"] = true });
        await Client.Patch($"/pipelines/{id}/stages/{await StageId(id, "2")}", new JsonObject { ["manualSkip"] = true });
        var execution = await After(id, TimeSpan.FromSeconds(10));
        Assert.Equal(["RUNNING", "SKIPPED"], [Status(Find(execution, "1")), Status(Find(execution, "2"))]);
        Assert.False(Find(execution, "1")["context"]!.AsObject().ContainsKey("manualSkip"));
    }

    [Theory]
    [InlineData("continue", null, "SUCCEEDED", "SUCCEEDED")]
    [InlineData("stop", null, "TERMINAL", "TERMINAL")]
    [InlineData("stop", false, "STOPPED", "SUCCEEDED")]
    public async Task A_judgment_goes_on_or_stops(string judgment, bool? fails, string stage, string all)
    {
        var id = await Running(Stage("manualJudgment", "1", null, fails is null ? null : new() { ["failPipeline"] = fails }));
        Gate.Advance(TimeSpan.FromHours(70));
        Assert.Equal("RUNNING", Status(Find(await Read(id), "1")));

        await Client.Patch($"/pipelines/{id}/stages/{await StageId(id, "1")}", new JsonObject { ["judgmentStatus"] = judgment, ["judgmentInput"] = "text" });
        var execution = await After(id, TimeSpan.FromSeconds(2));
        Assert.Equal([stage, all], [Status(Find(execution, "1")), Status(execution)]);
        Assert.False(Find(execution, "1")["context"]!.AsObject().ContainsKey("exception"));
    }

    [Fact]
    public async Task Nobody_judges_for_three_days()
    {
        var id = await Running(Stage("manualJudgment", "1"));

        Assert.Equal("TERMINAL", Status(await After(id, TimeSpan.FromHours(73))));
    }

    [Fact]
    public async Task A_judge_without_the_role_has_said_nothing()
    {
        var id = await Running(Stage("manualJudgment", "1", null, new() { ["selectedStageRoles"] = new JsonArray("qa") }));
        var stage = await StageId(id, "1");
        As("bob");
        await Client.Patch($"/pipelines/{id}/stages/{stage}", new JsonObject { ["judgmentStatus"] = "continue" });
        var execution = await After(id, TimeSpan.FromSeconds(10));
        Assert.Equal(("RUNNING", ""), (Status(Find(execution, "1")), (string)Find(execution, "1")["context"]!["judgmentStatus"]!));

        As("ann");
        await Client.Patch($"/pipelines/{id}/stages/{stage}", new JsonObject { ["judgmentStatus"] = "continue" });
        Assert.Equal("SUCCEEDED", Status(await After(id, TimeSpan.FromSeconds(10))));
    }
}
