using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Where checks stand in a plan.</summary>
public sealed class CheckPlanTests
{
    private static readonly CheckDefinition[] OneOfEach = [Check("a", CheckMoment.After), Check("b", CheckMoment.Before), Check("d", CheckMoment.During)];

    [Fact]
    public void Before_comes_after_preparing_during_after_every_batch_and_after_at_the_end() => Assert.Equal(
        ["prepare", "check-b", "canary-1", "check-d.1", "soak-1", "batch-1", "check-d.2", "check-a"],
        Names([Of("prepare", "prepare"), Of("canary-1", "activate"), Of("soak-1", "soak"), Of("batch-1", "activate")]));

    [Fact]
    public void Without_preparing_before_is_the_first() => Assert.Equal(["check-b", "restart", "check-d.1", "check-a"], Names([Of("restart", "restart")]));

    [Fact]
    public void A_plan_without_checks_stays_as_it_is() => Assert.Equal(["one"], CheckPlan.Insert([Stage("one")], [], check => "x").Select(stage => stage.Name));

    [Fact]
    public void The_check_after_a_batch_is_not_mistaken_for_another()
    {
        var definition = Definition with { Checks = [Check("a", CheckMoment.During), Check("a-1", CheckMoment.After)] };
        Assert.Equal("a", CheckPlan.Find(definition, Target.Environment, "check-a.1")!.Name);
        Assert.Equal("a-1", CheckPlan.Find(definition, Target.Environment, "check-a-1")!.Name);
        Assert.Null(CheckPlan.Find(definition, Target.Environment, "check-b"));
    }

    [Fact]
    public void An_environment_replaces_by_name_and_adds()
    {
        var definition = Definition with
        {
            Checks = [Check("one", CheckMoment.After), Check("two", CheckMoment.After)],
            Environments = new Dictionary<EnvironmentName, EnvironmentDefinition> { [Target.Environment] = new() { Checks = [Check("three", CheckMoment.Before), Check("one", CheckMoment.Before)] } },
        };
        Assert.Equal(["one Before", "two After", "three Before"], definition.ChecksIn(Target.Environment).Select(check => $"{check.Name} {check.When}"));
        Assert.Equal(["one After", "two After"], definition.ChecksIn(EnvironmentName.Parse("staging")).Select(check => $"{check.Name} {check.When}"));
    }

    [Fact]
    public void A_stage_may_take_longer_than_its_check_which_says_better_why()
    {
        var stage = CheckPlan.Insert([], [Check("a", CheckMoment.After) with { Timeout = Duration.FromSeconds(5), DryRun = true }], check => "Ask").Single();
        Assert.True(stage.Deadline.Time > TimeSpan.FromSeconds(30), $"{stage.Deadline}");
        Assert.Equal("Ask (dry run: it is only shown)", stage.Description);
    }

    private static IEnumerable<string> Names(PlannedStage[] stages) => CheckPlan.Insert(stages, OneOfEach, check => "Ask").Select(stage => stage.Name);

    private static PlannedStage Of(string name, string kind) => Stage(name) with { Kind = kind };

    private static CheckDefinition Check(string name, CheckMoment when) => new() { Name = name, When = when, Manual = new() { Question = "?" } };
}
