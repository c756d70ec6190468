using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Trigger;

/// <summary>Calls one stage of the trigger type as the engine does: with what it stored last time.</summary>
internal sealed class StageCalls(FakeFleet fleet, string kind, params int[] instances)
{
    private System.Text.Json.JsonElement? memory;

    public static string Key => "d-0123456789/stage/1";

    public Release? Previous { get; init; } = Release("1.0");

    public IReadOnlyList<PlannedStage> Begun { get; init; } = [];

    public Duration? Wait { get; init; }

    public TimeSpan Elapsed { get; set; }

    public FakeVerdicts Verdicts { get; } = new();

    public VerdictDefinition Verdict { get; init; } = new();

    public DeploymentKind Kind { get; init; }

    /// <summary>What a crash between an effect and its record looks like.</summary>
    public void Forget() => memory = null;

    public async Task<StageResult> CallAsync()
    {
        var result = await new TriggerType(fleet, Verdicts).RunAsync(Run(), CancellationToken.None);
        memory = result.Memory ?? memory;
        return result;
    }

    public async Task<T> CallAsync<T>()
        where T : StageResult => Assert.IsType<T>(await CallAsync());

    public static PlannedStage Activate(params int[] instances) => Stage("activate") with { Kind = "activate", Instances = Names(instances) };

    private static IReadOnlyList<InstanceName> Names(int[] instances) => [.. instances.Select(Instance)];

    private StageRun Run() => new()
    {
        Deployment = DeploymentId.Parse("d-0123456789"),
        Target = Some.Target,
        Stage = Stage("stage") with { Kind = kind, Instances = Names(instances), Wait = Wait },
        Attempt = 1,
        Release = Release("2.0"),
        Strategy = Strategy.Default,
        StartedBy = "ada",
        Previous = Previous,
        IsRollback = kind == "restore",
        Kind = Kind,
        Definition = Definition with { Verdict = Verdict },
        Memory = memory,
        Begun = Begun,
        StartedAt = Noon,
        Now = Noon + Elapsed,
    };
}
