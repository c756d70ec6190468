using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>Brings the target's pipeline in Spinnaker to what Slipway wants, and reads it back: Gate's answer to a save proves little.</summary>
internal static class WritePipelineStage
{
    public static async Task<StageResult> RunAsync(StageRun run, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        var reuse = IsReuse(run);
        var wanted = ManagedPipeline.Write(target, PipelineStages.Of(target, StrategyNames.Effective(run.Strategy), reuse), reuse);
        var stored = await installation.CallAsync((gate, token) => gate.PipelineAsync(target.Application, target.PipelineName, token), cancellation);
        var state = ManagedPipeline.Compare(stored, wanted);
        if (state.Refuse(target) is { } refusal)
            return new StageResult.Failed(refusal.Code, refusal.Reason);

        if (state is PipelineState.Current current)
        {
            return new StageResult.Succeeded
            {
                Shown = new() { Link = Link(installation, target, current.Id), Note = stored is null ? null : $"{target.PipelineName} is up to date" },
            };
        }

        if (state is PipelineState.Missing && await installation.CallAsync((gate, token) => gate.ApplicationAsync(target.Application, token), cancellation) is null)
            return new StageResult.Failed("application_not_found", $"Spinnaker has no application {target.Application}. Make it there, or name another one in settings.application.");

        await installation.CallAsync((gate, token) => gate.SavePipelineAsync(state is PipelineState.Outdated outdated ? outdated.Update : wanted, token), cancellation);

        // Saved, perhaps: the next call sees.
        return new StageResult.Waiting(installation.Interval / 5) { Note = $"waiting for {target.PipelineName} to be stored" };
    }

    /// <summary>The plan was made with images that are baked already: it has no stage that bakes, and what it has comes from the references.</summary>
    public static bool IsReuse(StageRun run) =>
        !run.Rebuild && Images.Find(SpinnakerTarget.Of(run.Target, run.Definition), run.References) is not null;

    private static Contracts.Deployments.StageLink? Link(Installation installation, SpinnakerTarget target, string id) =>
        installation.Link($"applications/{target.Application}/executions/configure/{id}") is { } url ? new("Pipeline in Spinnaker", url) : null;
}
