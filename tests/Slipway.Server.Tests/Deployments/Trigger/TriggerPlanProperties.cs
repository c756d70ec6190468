using CsCheck;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;

namespace Slipway.Server.Tests.Deployments.Trigger;

/// <summary>What holds for the plan of every strategy and fleet.</summary>
public sealed class TriggerPlanProperties
{
    private static readonly Gen<Amount> Amounts = Gen.OneOf(Gen.Int[1, 60].Select(Amount.Count), Gen.Int[1, 100].Select(Amount.Percent));
    private static readonly Gen<Duration> Pauses = Gen.Int[0, 2].Select(seconds => Duration.FromSeconds(seconds));

    private static readonly Gen<Strategy> Strategies = Gen.OneOf(
        Gen.Const<Strategy>(new AllAtOnce()),
        Gen.Select(Amounts, Pauses, (batch, pause) => (Strategy)new Rolling { Batch = batch, Pause = pause }),
        Gen.Select(
            Gen.Select(Amounts, Pauses, (instances, soak) => new CanaryStep { Instances = instances, Soak = soak }).Array[0, 5],
            Amounts,
            (steps, batch) => (Strategy)new Canary { Steps = steps, Batch = batch }));

    private static readonly Gen<(Strategy Strategy, int Instances)> Plans = Gen.Select(Strategies, Gen.Int[1, 50]);

    [Fact]
    public void Every_instance_is_switched_exactly_once() => Plans.Sample((strategy, instances) =>
    {
        var switched = Plan(strategy, instances).Where(stage => stage.Kind == "activate").SelectMany(stage => stage.Instances).ToList();
        Assert.Equal(Enumerable.Range(1, instances).Select(Some.Instance), switched);
    });

    [Fact]
    public void No_stage_switches_nothing_and_every_stage_has_its_own_name() => Plans.Sample((strategy, instances) =>
    {
        var stages = Plan(strategy, instances);
        Assert.All(stages.Where(stage => stage.Kind != "soak"), stage => Assert.NotEmpty(stage.Instances));
        Assert.Equal(stages.Count, stages.Select(stage => stage.Name).Distinct().Count());
        Assert.Equal("prepare", stages[0].Kind);
    });

    [Fact]
    public void A_canary_never_gets_ahead_of_its_step() => Plans.Sample((strategy, instances) =>
    {
        if (strategy is not Canary canary)
            return;

        var done = 0;
        foreach (var stage in Plan(strategy, instances).Where(stage => stage.Kind == "activate" && stage.Name.StartsWith("canary-", StringComparison.Ordinal)))
        {
            done += stage.Instances.Count;
            var step = int.Parse(stage.Name["canary-".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(canary.Steps[step - 1].Instances.Of(instances), done);
        }
    });

    private static IReadOnlyList<PlannedStage> Plan(Strategy strategy, int instances) =>
        ((PlanResult.Planned)new TriggerType(new FakeFleet(instances), new FakeVerdicts()).PlanAsync(TriggerPlanTests.Request(strategy), CancellationToken.None).GetAwaiter().GetResult()).Stages;
}
