using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>What the verdict on what was changed so far means for a stage.</summary>
internal static class Judging
{
    /// <summary>How often a stage that only waits has its instances judged.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The way back and restarts bring nothing new, and must not be stopped by what they are to mend.</summary>
    public static bool IsJudged(StageRun run) =>
        run.Kind == DeploymentKind.Deploy && !run.IsRollback && DefinitionOf(run).Enabled;

    /// <summary>Null: it is not judged.</summary>
    public static async Task<VerdictView?> LookAsync(IVerdicts verdicts, StageRun run, CancellationToken cancellation)
    {
        if (!IsJudged(run))
            return null;

        return await verdicts.LookAsync(
            new()
            {
                Deployment = run.Deployment,
                Target = run.Target,
                Release = run.Release,
                Changed = [.. TriggerPlan.Changed([.. run.Begun, run.Stage])],
                Definition = DefinitionOf(run),
            },
            cancellation);
    }

    /// <summary>Null: nothing that stops the deployment.</summary>
    public static async Task<StageResult.Failed?> FailureAsync(IVerdicts verdicts, StageRun run, CancellationToken cancellation) =>
        await LookAsync(verdicts, run, cancellation) is { } view ? Failure(run, view) : null;

    public static StageResult.Failed? Failure(StageRun run, VerdictView view) =>
        view.Answer == Answer.Fail && !DefinitionOf(run).DryRun
            ? new StageResult.Failed("verdict_failed", view.Sentence) { Instance = view.Instance, Evidence = view.Lines }
            : null;

    public static VerdictDefinition DefinitionOf(StageRun run) => run.Definition.VerdictIn(run.Target.Environment);
}
