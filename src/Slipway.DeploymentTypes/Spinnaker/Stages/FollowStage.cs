using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>Follows one stage of the execution: what it does becomes what the deployment's stage does.</summary>
internal sealed class FollowStage(StageRun run, SpinnakerTarget target, Installation installation)
{
    private readonly FollowMemory memory = FollowMemory.Read(run.Memory);

    public async Task<StageResult> RunAsync(CancellationToken cancellation)
    {
        if (Execution is not { } id)
            return new StageResult.Failed("execution_unknown", "No execution was started for this deployment.");

        if (await installation.Executions.ReadAsync(id, cancellation) is not { } execution)
            return Wait($"Spinnaker does not know the execution {id}, or not yet");

        if (!execution.Status.IsComplete && await PauseAsync(execution, cancellation) is { } paused)
            return paused;

        return run.Stage.Kind == StageKinds.Execution ? OfWhole(execution) : await OfStageAsync(execution, cancellation);
    }

    private string? Execution => run.Outside?.Key ?? StartOutput.Read(run.Outputs);

    private async Task<StageResult> OfStageAsync(Execution execution, CancellationToken cancellation)
    {
        if (Find(execution) is not { } stage)
        {
            return execution.Status.IsComplete
                ? new StageResult.Failed("stage_missing", $"The execution has no stage {run.Stage.Name}: somebody changed the pipeline in Spinnaker after the plan was made.")
                : Wait("waiting for the execution's stages");
        }

        var shown = StageView.Of(execution, stage, installation);
        var instances = await InstancesAsync(execution, stage, cancellation);
        if (!stage.Status.IsComplete && !execution.Status.IsComplete && stage.Status.HasStarted)
        {
            if (Judgment.IsAsked(stage))
                return await new Judgment(run, installation, memory).AnswerAsync(execution, stage, shown, cancellation) with { Instances = instances.Progress };

            if (run.Stage.Kind == StageKinds.Soak && instances.FirstUnhealthy is { } unhealthy)
                return unhealthy with { Instances = instances.Progress, Shown = shown };
        }

        return StageEnd.Of(run, execution, stage, shown, target) is { } end
            ? end with { Instances = instances.Progress }
            : Wait(null) with { Shown = shown, Instances = instances.Progress };
    }

    private StageResult OfWhole(Execution execution)
    {
        var shown = StageView.Of(execution, installation);
        if (!execution.Status.IsComplete)
            return Wait(null) with { Shown = shown };

        return StageEnd.OfExecution(execution) is { } failure
            ? failure with { Shown = shown }
            : new StageResult.Succeeded { Shown = shown };
    }

    /// <summary>Null: it is not paused and nobody wants it to be.</summary>
    private async Task<StageResult?> PauseAsync(Execution execution, CancellationToken cancellation)
    {
        var pause = execution.PausedAt?.ToUnixTimeMilliseconds() ?? 0;
        switch (run.Wish, execution.Status.IsPaused)
        {
            case (StageWish.Pause, true):
                return StandingStill(pause, null);
            case (StageWish.Pause, false) when memory.Pause is not null:
                return new StageResult.Resumed($"{execution.ResumedBy ?? "somebody"} in Spinnaker") { Memory = (memory with { Pause = null }).Write() };
            case (StageWish.Pause, false):
                await installation.CallAsync((gate, token) => gate.PauseAsync(execution.Id, token), cancellation);
                return await PausedAsync(execution.Id, cancellation) is { } at ? StandingStill(at, null) : Wait("Spinnaker was asked to pause; what runs there ends first");
            case (StageWish.Go, true) when memory.Pause == pause:
                await installation.CallAsync((gate, token) => gate.ResumeAsync(execution.Id, token), cancellation);
                return await PausedAsync(execution.Id, cancellation) is null ? null : Wait("Spinnaker was asked to go on");
            case (StageWish.Go, true):
                return StandingStill(pause, $"{execution.PausedBy ?? "somebody"} in Spinnaker");
            default:
                return null;
        }
    }

    private async Task<long?> PausedAsync(string id, CancellationToken cancellation) =>
        await installation.Executions.ReadAgainAsync(id, cancellation) is { Status.IsPaused: true } execution ? execution.PausedAt?.ToUnixTimeMilliseconds() ?? 0 : null;

    private StageResult.Paused StandingStill(long pause, string? by) =>
        new(installation.Interval * 2) { By = by, Memory = (memory with { Pause = pause }).Write() };

    private ExecutionStage? Find(Execution execution)
    {
        var stages = execution.TopStages;
        return stages.Zip(StageNames.Of(stages.Select(stage => stage.Name))).FirstOrDefault(pair => pair.Second == run.Stage.Name).First;
    }

    private async Task<GroupsOfRun> InstancesAsync(Execution execution, ExecutionStage stage, CancellationToken cancellation)
    {
        if (run.Stage.Kind is not (StageKinds.Deploy or StageKinds.Soak or StageKinds.Canary) || !stage.Status.HasStarted)
            return GroupsOfRun.None;

        try
        {
            return await GroupsOfRun.ReadAsync(run, target, execution, stage, installation).WaitAsync(cancellation);
        }
        catch (GateException)
        {
            // The execution itself can be followed without them.
            return GroupsOfRun.None;
        }
    }

    private StageResult Wait(string? note) => new StageResult.Waiting(Pace.Next(installation, run))
    {
        Note = note,
        Shown = note is null ? null : (run.Shown ?? new()) with { Note = note },
        Memory = run.Memory is null && memory == new FollowMemory() ? null : memory.Write(),
    };
}
