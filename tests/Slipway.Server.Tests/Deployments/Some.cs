using System.Globalization;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Deployments;

namespace Slipway.Server.Tests.Deployments;

/// <summary>Deployments as tests need them: a test names only what matters to it.</summary>
internal static class Some
{
    public static DateTimeOffset Noon { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TargetId Target { get; } = TargetId.Parse("shop/production");

    public static ServiceDefinition Definition { get; } = new() { Service = Target.Service, Run = ["./shop"] };

    public static Release Release(string version) => new(VersionName.Parse(version), 0);

    public static InstanceName Instance(int number) => InstanceName.Parse(string.Create(CultureInfo.InvariantCulture, $"i-{number:000}"));

    public static PlannedStage Stage(string name) => new() { Name = name, Kind = "work", Description = $"do {name}", Deadline = Duration.FromMinutes(5) };

    public static PlannedStage Watch(string name) => Stage(name) with { Kind = "soak", Wait = Duration.FromMinutes(1) };

    public static Plan Plan(params PlannedStage[] stages) => new() { Stages = stages, Changes = new() { ToVersion = VersionName.Parse("2.0") } };

    public static Created Created(params PlannedStage[] stages) => new()
    {
        Deployment = DeploymentId.Parse("d-0123456789"),
        Service = Target.Service,
        Environment = Target.Environment,
        Release = Release("2.0"),
        DeploymentType = "test",
        Definition = Definition,
        Strategy = new AllAtOnce(),
        Plan = Plan(stages),
        CreatedBy = "kim",
    };

    public static DeploymentState Queued(params PlannedStage[] stages) => DeploymentRules.Apply(null, Created(stages), Noon);

    /// <summary>It has just started; 1.0 ran before.</summary>
    public static DeploymentState Started(params PlannedStage[] stages) => StartedFrom(Created(stages));

    public static DeploymentState StartedFrom(Created created) =>
        DeploymentRules.Apply(null, created, Noon).Then(new Started { Plan = created.Plan, Previous = Release("1.0"), PreviousDefinition = Definition });

    /// <summary>Its first stage runs.</summary>
    public static DeploymentState Running(params PlannedStage[] stages) => Started(stages).Then(Begin(0));

    public static StageStarted Begin(int stage, int attempt = 1) => new(stage, attempt, Noon + TimeSpan.FromMinutes(5));

    public static StageFailed Fail(int stage) => new(stage, new() { Stage = "any", Code = "broken", Reason = "It broke." });

    public static DeploymentState Then(this DeploymentState state, params DeploymentFact[] facts) =>
        facts.Aggregate(state, (before, fact) => DeploymentRules.Apply(before, fact, Noon));
}
