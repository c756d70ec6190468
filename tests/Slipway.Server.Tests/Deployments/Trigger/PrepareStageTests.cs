using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

public sealed class PrepareStageTests
{
    private readonly FakeFleet fleet = new(2);

    [Fact]
    public async Task It_is_done_when_everybody_has_unpacked()
    {
        var stage = new StageCalls(fleet, "prepare", 1, 2);
        await stage.CallAsync();
        Assert.Equal([(Instance(1), Release("2.0")), (Instance(2), Release("2.0"))], fleet.Prepared);
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        fleet.SaysPrepared(2, PrepareState.PrepareRunning, Release("2.0"), StageCalls.Key);
        var waiting = await stage.CallAsync<StageResult.Waiting>();
        Assert.Equal("waiting for i-002 to fetch and unpack", waiting.Note);
        Assert.Equal([InstanceStep.Prepared, InstanceStep.Preparing], waiting.Instances.Select(progress => progress.Step));
        fleet.SaysPrepared(2, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task A_server_that_was_started_meanwhile_asks_again_once()
    {
        var stage = new StageCalls(fleet, "prepare", 1, 2);
        await stage.CallAsync();
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        fleet.ServerStartsAgain();
        await stage.CallAsync<StageResult.Waiting>();
        await stage.CallAsync<StageResult.Waiting>();
        Assert.Equal([Instance(1), Instance(2), Instance(1), Instance(2)], fleet.Prepared.Select(one => one.Instance));
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        fleet.SaysPrepared(2, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task What_was_prepared_ahead_counts()
    {
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("2.0"), "ahead");
        var stage = new StageCalls(fleet, "prepare", 1);
        await stage.CallAsync();
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task Another_version_that_was_prepared_does_not_count()
    {
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("1.9"), "ahead");
        var stage = new StageCalls(fleet, "prepare", 1);
        await stage.CallAsync();
        await stage.CallAsync<StageResult.Waiting>();
    }

    [Fact]
    public async Task One_that_can_not_prepare_fails_the_deployment_before_anything_is_switched()
    {
        var stage = new StageCalls(fleet, "prepare", 1, 2);
        await stage.CallAsync();
        fleet.SaysPrepared(2, PrepareState.PrepareFailed, Release("2.0"), StageCalls.Key, "the digest is another");
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal(("digest_mismatch", "i-002 could not prepare 2.0: the digest is another", Instance(2)), (failed.Code, failed.Reason, failed.Instance!.Value));
        Assert.Empty(fleet.Assigned);
    }

    [Fact]
    public async Task A_failure_of_an_earlier_attempt_is_tried_again()
    {
        fleet.SaysPrepared(1, PrepareState.PrepareFailed, Release("2.0"), "ahead", "the disk was full");
        var stage = new StageCalls(fleet, "prepare", 1);
        await stage.CallAsync();
        await stage.CallAsync<StageResult.Waiting>();
    }

    [Fact]
    public async Task Whoever_is_away_gets_half_a_minute_and_is_then_left_out()
    {
        fleet.Away(2);
        var stage = new StageCalls(fleet, "prepare", 1, 2);
        await stage.CallAsync();
        fleet.SaysPrepared(1, PrepareState.PrepareDone, Release("2.0"), StageCalls.Key);
        stage.Elapsed = TimeSpan.FromSeconds(29);
        var waiting = await stage.CallAsync<StageResult.Waiting>();
        Assert.InRange(waiting.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
        stage.Elapsed += waiting.RetryAfter;
        await stage.CallAsync<StageResult.Succeeded>();
    }
}
