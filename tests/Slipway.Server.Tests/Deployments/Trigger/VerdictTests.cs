using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

/// <summary>What stages do with what they are told of the health of what was changed.</summary>
public sealed class VerdictTests
{
    private static readonly VerdictView Bad = new(Answer.Fail, "CPU is 40 percent higher.") { Instance = Instance(1), Lines = ["spinning"] };
    private readonly FakeFleet fleet = new(3);

    [Theory]
    [InlineData("soak")]
    [InlineData("verdict")]
    public async Task A_failed_verdict_stops_a_stage_that_waits(string kind)
    {
        var stage = Stage(kind);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Verdicts.View = Bad;
        var failed = await stage.CallAsync<StageResult.Failed>();
        Assert.Equal(("verdict_failed", "CPU is 40 percent higher."), (failed.Code, failed.Reason));
        Assert.Equal(Instance(1), failed.Instance);
        Assert.Equal(["spinning"], failed.Evidence);
    }

    [Fact]
    public async Task A_failed_verdict_on_what_was_changed_before_stops_the_next_batch()
    {
        var stage = new StageCalls(fleet, "activate", 2) { Begun = [StageCalls.Activate(1)] };
        await stage.CallAsync<StageResult.Waiting>();
        stage.Verdicts.View = Bad;
        await stage.CallAsync<StageResult.Failed>();
        Assert.Equal([Instance(1), Instance(2)], stage.Verdicts.Questions[^1].Changed);
    }

    [Theory]
    [InlineData(DeploymentKind.Rollback)]
    [InlineData(DeploymentKind.Restart)]
    public async Task The_way_back_and_restarts_are_not_judged(DeploymentKind kind)
    {
        var stage = Stage("soak", kindOfDeployment: kind);
        stage.Verdicts.View = Bad;
        await stage.CallAsync<StageResult.Waiting>();
        Assert.Empty(stage.Verdicts.Questions);
    }

    [Fact]
    public async Task What_is_only_a_rehearsal_stops_nothing()
    {
        var stage = Stage("soak", new() { DryRun = true });
        stage.Verdicts.View = Bad;
        await stage.CallAsync<StageResult.Waiting>();
        Assert.NotEmpty(stage.Verdicts.Questions);
    }

    [Fact]
    public async Task Whoever_is_not_to_be_judged_is_not_asked_about()
    {
        var stage = Stage("soak", new() { Enabled = false });
        await stage.CallAsync<StageResult.Waiting>();
        Assert.Empty(stage.Verdicts.Questions);
    }

    [Theory]
    [InlineData(WhenInconclusive.Wait, typeof(StageResult.Succeeded))]
    [InlineData(WhenInconclusive.Fail, typeof(StageResult.Failed))]
    public async Task When_patience_is_over_the_target_has_chosen_what_follows(WhenInconclusive chosen, Type follows)
    {
        var stage = Stage("verdict", new() { Inconclusive = chosen });
        stage.Elapsed = TimeSpan.FromSeconds(59);
        await stage.CallAsync<StageResult.Waiting>();
        stage.Elapsed = TimeSpan.FromSeconds(60);
        Assert.IsType(follows, await stage.CallAsync());
    }

    [Fact]
    public async Task A_passed_verdict_does_not_keep_anybody_waiting()
    {
        var stage = Stage("verdict", new() { Inconclusive = WhenInconclusive.Fail });
        stage.Verdicts.View = new(Answer.Pass, "Nothing is worse.");
        await stage.CallAsync<StageResult.Succeeded>();
    }

    [Fact]
    public async Task An_instance_that_fails_does_so_whatever_is_measured()
    {
        var stage = Stage("verdict");
        stage.Verdicts.View = new(Answer.Pass, "Nothing is worse.");
        fleet.Says(1, ServiceState.Failed, "it ended");
        await stage.CallAsync<StageResult.Failed>();
    }

    [Fact]
    public async Task A_plan_waits_for_a_verdict_after_each_batch_and_its_soak()
    {
        var strategy = new Canary { Steps = [new() { Instances = Amount.Count(1), Soak = Duration.FromSeconds(5) }], Batch = Amount.Count(2) };
        var request = TriggerPlanTests.Request(strategy) with { Current = Release("1.0"), Definition = Definition with { Verdict = new() { Inconclusive = WhenInconclusive.Wait } } };
        Assert.Equal(["prepare", "canary-1", "soak-1", "verdict-1", "batch-1", "verdict-2"], await NamesAsync(request));
        Assert.Equal(["prepare", "canary-1", "soak-1", "batch-1"], await NamesAsync(request with { Definition = Definition }));
        Assert.Equal(["prepare", "canary-1", "soak-1", "batch-1"], await NamesAsync(request with { Kind = DeploymentKind.Rollback }));
        Assert.Equal(["prepare", "canary-1", "soak-1", "batch-1"], await NamesAsync(request with { Current = null }));
    }

    [Fact]
    public async Task An_environment_may_be_judged_in_its_own_way()
    {
        var request = TriggerPlanTests.Request(new AllAtOnce()) with { Current = Release("1.0") };
        var own = new EnvironmentDefinition { Verdict = new() { Inconclusive = WhenInconclusive.Fail, Patience = Duration.FromSeconds(7) } };
        var definition = Definition with { Environments = new Dictionary<Contracts.Ids.EnvironmentName, EnvironmentDefinition> { [request.Target.Environment] = own } };
        var stages = ((PlanResult.Planned)await new TriggerType(fleet, new FakeVerdicts()).PlanAsync(request with { Definition = definition }, CancellationToken.None)).Stages;
        Assert.Equal(Duration.FromSeconds(7), stages[^1].Wait);
    }

    private async Task<string[]> NamesAsync(PlanRequest request) =>
        [.. ((PlanResult.Planned)await new TriggerType(fleet, new FakeVerdicts()).PlanAsync(request, CancellationToken.None)).Stages.Select(stage => stage.Name)];

    private StageCalls Stage(string kind, VerdictDefinition? verdict = null, DeploymentKind kindOfDeployment = DeploymentKind.Deploy) =>
        new(fleet, kind) { Wait = Duration.FromSeconds(60), Begun = [StageCalls.Activate(1)], Verdict = verdict ?? new(), Kind = kindOfDeployment };
}
