using System.Net;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Tests.Spinnaker;

public sealed class ControlTests
{
    private const string Approval = "  approval: { text: Is staging fine?, choices: [yes it is, close enough] }";
    private const string Yes = """{"choice":"yes it is"}""";

    [Fact]
    public async Task An_approval_is_asked_and_answered_in_Slipway()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var asked = await AskedAsync(scene, "1.0");
        var question = asked.Stages.Single(stage => stage.Question is not null).Question!;
        Assert.Equal(("Is staging fine?", "yes it is, close enough"), (question.Text, string.Join(", ", question.Choices)));
        await (await scene.Server.Http.PostTextAsync($"/api/v1/deployments/{asked.Id}/approve", "{}")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");

        var approved = await scene.DoAsync(asked, "approve", """{"choice":"close enough","reason":"seen it"}""");
        Assert.Null(approved.Stages.Single(stage => stage.Name == "approve").Question);
        var ended = await scene.EndsAsync(asked, DeploymentStatus.Succeeded);

        Assert.Equal("close enough", ended.Stages.Single(stage => stage.Name == "approve").Answer?.Choice);
        var judged = scene.Gate.Executions.All.Single().Json["stages"]!.AsArray().Single(stage => stage!["type"]!.GetValue<string>() == "manualJudgment")!;
        Assert.Equal("close enough", judged["context"]!["judgmentInput"]!.GetValue<string>());
        await (await scene.Server.Http.PostTextAsync($"/api/v1/deployments/{asked.Id}/approve", "{}")).ShouldRefuseAsync(HttpStatusCode.Conflict, "deployment_finished");
    }

    [Fact]
    public async Task A_rejection_fails_the_deployment_before_anything_was_made()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var asked = await AskedAsync(scene, "1.0");

        await scene.DoAsync(asked, "reject", """{"reason":"not today"}""");
        var ended = await scene.EndsAsync(asked, DeploymentStatus.Failed);

        Assert.Equal("rejected", ended.Failure?.Code);
        Assert.Empty(scene.Gate.World.ServerGroups);
    }

    [Fact]
    public async Task Pausing_pauses_the_execution_and_resuming_lets_it_go_on()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var deployment = await AskedAsync(scene, "1.0");

        await scene.DoAsync(deployment, "pause");
        await scene.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        Assert.Equal("PAUSED", scene.Gate.Executions.All.Single().Status.ToString().ToUpperInvariant());

        await scene.DoAsync(deployment, "resume");
        await scene.DoAsync(deployment, "approve", Yes);
        await scene.EndsAsync(deployment, DeploymentStatus.Succeeded);
    }

    [Fact]
    public async Task A_pause_made_in_Spinnaker_shows_with_its_author_and_ends_from_either_side()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var deployment = await AskedAsync(scene, "1.0");
        var execution = scene.Gate.Executions.All.Single().Id;

        await scene.PutAsync($"pipelines/{execution}/pause");
        await scene.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        Assert.Contains(await scene.EventsAsync(deployment), happened => happened.Type == "paused" && happened.Actor!.EndsWith("in Spinnaker", StringComparison.Ordinal));
        await scene.PutAsync($"pipelines/{execution}/resume");
        await scene.UntilAsync(deployment, now => now.Status == DeploymentStatus.Running);

        await scene.PutAsync($"pipelines/{execution}/pause");
        await scene.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        await scene.DoAsync(deployment, "resume");
        await scene.DoAsync(deployment, "approve", Yes);
        await scene.EndsAsync(deployment, DeploymentStatus.Succeeded);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_of_a_deploy_cancels_the_execution_and_takes_back_what_it_made()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        scene.Gate.World.NeverUp("shop_2.0");
        await scene.PublishAsync("2.0");
        var deployment = await scene.UntilRunsAsync(await scene.DeployAsync("2.0"), "deploy");

        await scene.DoAsync(deployment, "cancel");
        var ended = await scene.EndsAsync(deployment, DeploymentStatus.Cancelled);

        Assert.Equal(["stop", "restore"], ended.Stages.TakeLast(2).Select(stage => stage.Name));
        Assert.Equal(["shop-production-v000", "shop-production-v000"], scene.Serving().Values);
        Assert.Equal("1.0", (await scene.TargetAsync(_ => true)).Version?.Value);
    }

    [Fact]
    public async Task A_cancel_that_Spinnaker_swallows_is_asked_again_until_it_has_happened()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var deployment = await AskedAsync(scene, "1.0");
        scene.Gate.Faults.Swallow("cancel");

        await scene.DoAsync(deployment, "cancel");
        await scene.UntilAsync(deployment, now => now.Stages.Any(stage => stage is { Name: "stop", Note: not null }));
        scene.Gate.Faults.Clear();

        await scene.EndsAsync(deployment, DeploymentStatus.Cancelled);
    }

    [Fact]
    public async Task Who_cancels_in_Spinnaker_is_named_in_the_failure()
    {
        await using var scene = await SpinnakerScene.StartAsync(Approval);
        var deployment = await AskedAsync(scene, "1.0");

        scene.Gate.Executions.Cancel(scene.Gate.Executions.All.Single().Id, "bob", "wrong day");
        var ended = await scene.EndsAsync(deployment, DeploymentStatus.Failed);

        Assert.Equal(("cancelled_in_spinnaker", "bob cancelled the execution in Spinnaker: wrong day."), (ended.Failure?.Code, ended.Failure?.Reason));
    }

    [Fact]
    public async Task A_target_is_taken_back_by_Spinnakers_own_rollback_in_every_region()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        await scene.RunsAsync("2.0");

        var rollback = await (await scene.Server.Http.PostTextAsync("/api/v1/targets/shop/production/rollback", """{"reason":"slow"}""")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        Assert.Equal(["rollback"], rollback.Plan.Stages.Select(stage => stage.Name));
        await scene.EndsAsync(rollback, DeploymentStatus.Succeeded);

        Assert.Equal(["shop-production-v000", "shop-production-v000"], scene.Serving().Values);
        Assert.Equal(2, scene.Gate.Executions.All.Count);
        var target = await scene.TargetAsync(now => now.Drift is [] && now.RunningVersions.ContainsKey("1.0"));
        Assert.Equal(("1.0", true), (target.Version?.Value, target.Hold is not null));
    }

    [Fact]
    public async Task A_way_back_whose_server_groups_are_gone_is_made_again_from_the_image()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.RunsAsync("1.0");
        await scene.RunsAsync("2.0");
        foreach (var group in scene.Gate.World.ServerGroups.Where(group => group.Name == "shop-production-v000").ToList())
            scene.Gate.World.Destroy(group.Account, group.Region, group.Name);

        var rollback = await (await scene.Server.Http.PostTextAsync("/api/v1/targets/shop/production/rollback", "{}")).ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        Assert.Equal(["pipeline", "start", "deploy"], rollback.Plan.Stages.Select(stage => stage.Name));
        await scene.EndsAsync(rollback, DeploymentStatus.Succeeded);

        Assert.Equal(4, scene.Gate.World.Images.Count);
        await scene.TargetAsync(now => now.RunningVersions is { Count: 1 } running && running.ContainsKey("1.0"));
    }

    /// <summary>Deployed so far that Spinnaker waits for somebody.</summary>
    private static async Task<Deployment> AskedAsync(SpinnakerScene scene, string version)
    {
        await scene.PublishAsync(version);
        return await scene.UntilAsync(await scene.DeployAsync(version), now => now.Stages.Any(stage => stage.Question is not null));
    }
}
