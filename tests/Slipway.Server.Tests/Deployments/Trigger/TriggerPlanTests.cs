using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

public sealed class TriggerPlanTests
{
    [Fact]
    public async Task All_at_once_prepares_everywhere_and_then_switches_everything() =>
        Assert.Equal(["prepare 5", "activate 5"], await StagesAsync(5, new AllAtOnce()));

    [Fact]
    public async Task Rolling_by_count_goes_in_batches_of_that_many() =>
        Assert.Equal(["prepare 5", "batch-1 2", "batch-2 2", "batch-3 1"], await StagesAsync(5, new Rolling { Batch = Amount.Count(2) }));

    [Fact]
    public async Task Rolling_by_share_rounds_up() =>
        Assert.Equal(["prepare 5", "batch-1 2", "batch-2 2", "batch-3 1"], await StagesAsync(5, new Rolling { Batch = Amount.Percent(25) }));

    [Fact]
    public async Task Rolling_watches_between_batches_and_not_after_the_last() =>
        Assert.Equal(
            ["prepare 3", "batch-1 1", "pause-1 10s", "batch-2 1", "pause-2 10s", "batch-3 1"],
            await StagesAsync(3, new Rolling { Batch = Amount.Count(1), Pause = Duration.FromSeconds(10) }));

    [Fact]
    public async Task The_default_changes_one_instance_first_and_then_quarters_of_all() =>
        Assert.Equal(["prepare 10", "canary-1 1", "batch-1 3", "batch-2 3", "batch-3 3"], await StagesAsync(10, Strategy.Default));

    [Fact]
    public async Task Canary_steps_say_how_many_have_been_changed_in_all()
    {
        var canary = new Canary { Steps = [Step("1", 30), Step("25%", 60), Step("50%", 0)], Batch = Amount.Percent(50) };
        Assert.Equal(["prepare 8", "canary-1 1", "soak-1 30s", "canary-2 1", "soak-2 1m", "canary-3 2", "batch-1 4"], await StagesAsync(8, canary));
    }

    [Fact]
    public async Task A_canary_step_that_is_reached_already_changes_nothing_but_is_still_watched()
    {
        var canary = new Canary { Steps = [Step("2", 0), Step("10%", 30)], Batch = Amount.Percent(100) };
        Assert.Equal(["prepare 4", "canary-1 2", "soak-2 30s", "batch-1 2"], await StagesAsync(4, canary));
    }

    [Fact]
    public async Task One_instance_is_its_own_canary_and_the_plan_warns_that_nothing_serves_meanwhile()
    {
        var planned = await PlanAsync(new(1), Strategy.Default);
        Assert.Equal(["prepare 1", "canary-1 1"], planned.Stages.Select(Short));
        Assert.Equal(["No instance serves while they restart: there is only one."], planned.Warnings);
    }

    [Fact]
    public async Task Instances_that_are_away_are_left_out_and_named()
    {
        var fleet = new FakeFleet(3);
        fleet.Away(2);
        var planned = await PlanAsync(fleet, Strategy.Default);
        Assert.Equal([Instance(2)], planned.Absent);
        Assert.DoesNotContain(planned.Stages, stage => stage.Instances.Contains(Instance(2)));
        Assert.Equal(["1 instance not connected; they converge by themselves when they return."], planned.Warnings);
    }

    [Fact]
    public async Task Without_instances_there_is_no_plan_but_the_line_that_joins_one()
    {
        var impossible = await ImpossibleAsync(new(0));
        Assert.Equal("no_instances", impossible.Code);
        Assert.Contains("slipway agents token --environment production", impossible.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_are_away_there_is_no_plan_either()
    {
        var fleet = new FakeFleet(2);
        fleet.Away(1);
        fleet.Away(2);
        Assert.StartsWith("None of the 2 instances", (await ImpossibleAsync(fleet)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_may_take_what_the_definition_allows_and_half_a_minute_more()
    {
        var planned = await PlanAsync(new(1), Strategy.Default);
        // 2 s drain wait + 10 s drain + 30 s stop + 60 s health + 1 s settle + 30 s margin.
        Assert.Equal(TimeSpan.FromSeconds(133), planned.Stages[1].Deadline.Time);
    }

    private static CanaryStep Step(string instances, int soak) =>
        new() { Instances = Amount.TryParse(instances, out var amount) ? amount : throw new FormatException(), Soak = Duration.FromSeconds(soak) };

    private static async Task<IEnumerable<string>> StagesAsync(int instances, Strategy strategy) => (await PlanAsync(new(instances), strategy)).Stages.Select(Short);

    private static string Short(PlannedStage stage) => $"{stage.Name} {(stage.Wait is { } wait ? wait.Value : stage.Instances.Count)}";

    private static async Task<PlanResult.Planned> PlanAsync(FakeFleet fleet, Strategy strategy) =>
        Assert.IsType<PlanResult.Planned>(await new TriggerType(fleet, new FakeVerdicts()).PlanAsync(Request(strategy), CancellationToken.None));

    private static async Task<PlanResult.Impossible> ImpossibleAsync(FakeFleet fleet) =>
        Assert.IsType<PlanResult.Impossible>(await new TriggerType(fleet, new FakeVerdicts()).PlanAsync(Request(Strategy.Default), CancellationToken.None));

    public static PlanRequest Request(Strategy strategy) => new() { Target = Some.Target, Release = Release("2.0"), Strategy = strategy, Definition = Definition };
}
