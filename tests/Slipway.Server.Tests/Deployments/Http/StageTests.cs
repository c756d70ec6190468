using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Scripted;

namespace Slipway.Server.Tests.Deployments.Http;

/// <summary>What the engine does with each answer of a stage.</summary>
[OnBothDatabases]
public sealed class StageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task What_could_not_tell_or_threw_is_tried_again()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "errored: no answer", "errored: still none", "succeeded"));
        var ended = await service.FinishAsync();
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        var errors = (await service.EventsAsync(ended)).Where(happened => happened.Type == "stageErrored").ToList();
        Assert.Equal(2, errors.Count);
        Assert.Contains("no answer", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_throws_until_its_deadline_fails_and_is_taken_back()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "throw: broken pipe") with { Deadline = Duration.FromSeconds(1) });
        var ended = await service.FinishAsync();
        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        Assert.Equal(("deadline", "one was not done within 1s: broken pipe."), (ended.Failure!.Code, ended.Failure.Reason));
    }

    [Fact]
    public async Task A_stage_that_waits_beyond_its_deadline_fails_and_is_taken_back()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 1h") with { Deadline = Duration.FromSeconds(1) });
        var ended = await service.FinishAsync();
        Assert.Equal((DeploymentStatus.RolledBack, "deadline"), (ended.Status, ended.Failure!.Code));
        Assert.InRange(ended.FinishedAt!.Value - ended.StartedAt!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Waiting_means_waiting()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 300ms", "waiting: 300ms", "succeeded"));
        var ended = await service.FinishAsync();
        Assert.True(ended.FinishedAt - ended.StartedAt >= TimeSpan.FromMilliseconds(590), $"{ended.FinishedAt - ended.StartedAt}");
    }

    [Fact]
    public async Task A_failure_keeps_its_evidence_and_goes_back()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("one"), Scripted.Stage("two", "failed: it broke"), Scripted.Stage("three"));
        await service.FinishAsync();
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        Assert.Equal(["one Succeeded", "two Failed", "three Skipped", "undo Succeeded"], ended.Stages.Select(stage => $"{stage.Name} {stage.Status}"));
        Assert.Equal(("two", "scripted_failure", "it broke"), (ended.Failure!.Stage, ended.Failure.Code, ended.Failure.Reason));
        Assert.Equal(["the script says so"], ended.Failure.Evidence);
        Assert.Equal("1.0", (await service.TargetAsync()).Version!.Value.Value);
    }

    [Fact]
    public async Task Where_nobody_wants_a_way_back_a_failure_is_the_end()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "failed: it broke"));
        var response = await service.PostAsync(service.Request() with { NoRollback = true });
        var ended = await service.EndAsync(await response.ShouldBeAsync<Deployment>(System.Net.HttpStatusCode.Created));
        Assert.Equal(DeploymentStatus.Failed, ended.Status);
        Assert.Null((await service.TargetAsync()).Hold);
    }

    [Fact]
    public async Task A_way_back_that_fails_too_is_a_failure_that_says_so()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", null, new ScriptedSettings
        {
            Stages = [Scripted.Stage("one", "failed: it broke")],
            Rollback = [Scripted.Stage("undo", "failed: that too")],
        });
        var ended = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.Failed, "it broke"), (ended.Status, ended.Failure!.Reason));
        Assert.EndsWith("The way back failed too.", (await service.EventsAsync(ended))[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_version_is_fixed_by_deploying_the_next_one()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "failed: it broke"));
        await service.PublishAsync("2.0");
        await service.FinishAsync();
        Assert.NotNull((await service.TargetAsync()).Hold);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.FinishAsync("2.0")).Status);
        Assert.Null((await service.TargetAsync()).Hold);
    }
}
