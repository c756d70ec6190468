using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>Cancels the execution and waits until it has ended: Gate's 200 to a cancel proves nothing, and what still runs would undo the way back.</summary>
internal static class StopExecutionStage
{
    public static async Task<StageResult> RunAsync(StageRun run, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        if (await FindAsync(run, target, installation, cancellation) is not { } id)
            return new StageResult.Succeeded { Shown = new() { Note = "nothing was started" } };

        if (await installation.Executions.ReadAgainAsync(id, cancellation) is not { } execution)
            return new StageResult.Waiting(Pace.Next(installation, run)) { Note = $"Spinnaker does not know the execution {id}, or not yet" };

        var shown = StageView.Of(execution, installation);
        if (execution.Status.IsComplete)
            return new StageResult.Succeeded { Shown = shown with { Note = $"the execution ended as {execution.Status}" } };

        await installation.CallAsync((gate, token) => gate.CancelAsync(id, $"Slipway: {run.Deployment} goes back", token), cancellation);
        return new StageResult.Waiting(installation.Interval / 2)
        {
            Note = "Spinnaker was asked to cancel; what runs there ends first",
            Shown = shown with { Note = "Spinnaker was asked to cancel; what runs there ends first" },
        };
    }

    /// <summary>A start whose answer nobody has heard is found by its key.</summary>
    private static async Task<string?> FindAsync(StageRun run, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        if ((run.Outside?.Key ?? StartOutput.Read(run.Outputs)) is { } known)
            return known;

        return await StartExecutionStage.FindAsync($"{run.Deployment}/{SpinnakerPlan.StartStage}/1", target, installation, cancellation);
    }
}
