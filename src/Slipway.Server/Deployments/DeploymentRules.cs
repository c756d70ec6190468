using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>State + fact -> state. Pure; what is not here can not have happened.</summary>
internal static class DeploymentRules
{
    public static DeploymentState Apply(DeploymentState? state, DeploymentFact fact, DateTimeOffset time) =>
        Change(state, fact, time) with { Sequence = (state?.Sequence ?? 0) + 1 };

    private static DeploymentState Change(DeploymentState? state, DeploymentFact fact, DateTimeOffset time) => (state, fact) switch
    {
        (null, Created created) => New(created, time),
        (null, _) => throw new InvalidOperationException("The first fact of a deployment is that it was created."),
        ({ IsTerminal: true }, _) => throw new InvalidOperationException($"{state.Id} is {state.Status}; nothing can happen to it any more."),
        (_, Started started) => state with
        {
            Status = DeploymentStatus.Running,
            StartedAt = time,
            Plan = started.Plan,
            Previous = started.Previous,
            PreviousDefinition = started.PreviousDefinition,
            References = started.References,
            PreviousReferences = started.PreviousReferences,
            Stages = [.. started.Plan.Stages.Select(Pending)],
        },
        (_, StageStarted started) => WithStage(state, started.Stage, stage => stage with
        {
            Status = StageStatus.Running,
            Attempt = started.Attempt,
            StartedAt = time,
            Deadline = started.Deadline,
            Memory = null,
            RetryAt = null,
            Note = null,
            Shown = null,
            Answer = null,
        }),
        (_, StageNoted noted) => WithStage(state, noted.Stage, stage => stage with { Memory = noted.Memory ?? stage.Memory, Shown = noted.Shown ?? stage.Shown, Errors = 0, RetryAt = null, Note = null }),
        (_, StageSucceeded done) => WithStage(state, done.Stage, stage => Ended(stage, StageStatus.Succeeded, done.Shown, time) with { Note = null, Output = done.Output }),
        (_, StageErrored errored) => WithStage(state, errored.Stage, stage => stage with
        {
            Errors = stage.Errors + 1,
            RetryAt = errored.RetryAt,
            Note = errored.Cause,
            Memory = errored.Memory ?? stage.Memory,
        }),
        (_, StageFailed failed) => WithStage(state, failed.Stage, stage => Ended(stage, StageStatus.Failed, failed.Shown, time) with { Note = failed.Failure.Reason }) with
        {
            Failure = state.Failure ?? failed.Failure,
            Status = Awake(state),
            PauseRequested = false,
        },
        (_, ApprovalAnswered answered) => WithStage(state, answered.Stage, stage => stage with
        {
            RetryAt = null,
            Answer = new() { Approved = answered.Approved, By = answered.By, Choice = answered.Choice, Reason = answered.Reason, At = time },
        }),
        (_, PauseRequested) => state with { PauseRequested = true },
        (_, Paused) => Interrupted(state) with { Status = DeploymentStatus.Paused, PauseRequested = false, PausedAt = time },
        (_, Resumed) => Later(state, time - (state.PausedAt ?? time)) with { Status = DeploymentStatus.Running, PauseRequested = false, PausedAt = null },
        (_, CancelRequested) => state with { CancelRequested = true, PauseRequested = false, Status = Awake(state) },
        (_, RollbackRequested) => state with { RollbackRequested = true, PauseRequested = false, Status = Awake(state) },
        (_, RollbackStarted rollback) => SkipOpen(state, time) with
        {
            RollingBack = true,
            PauseRequested = false,
            Stages = [.. SkipOpen(state, time).Stages, .. rollback.Stages.Select(Pending).Select(stage => stage with { IsRollback = true })],
        },
        (_, Finished finished) => SkipOpen(state, time) with { Status = finished.Status, FinishedAt = time, PauseRequested = false },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} can not happen to {state.Id}."),
    };

    private static DeploymentState New(Created created, DateTimeOffset time) => new()
    {
        Id = created.Deployment,
        Request = created,
        Status = DeploymentStatus.Queued,
        Plan = created.Plan,
        Stages = [.. created.Plan.Stages.Select(Pending)],
        CreatedAt = time,
    };

    private static StageState Pending(PlannedStage plan) => new() { Plan = plan };

    private static DeploymentStatus Awake(DeploymentState state) =>
        state.Status == DeploymentStatus.Paused ? DeploymentStatus.Running : state.Status;

    private static DeploymentState WithStage(DeploymentState state, int index, Func<StageState, StageState> change) =>
        state with { Stages = state.Stages.SetItem(index, change(state.Stages[index])) };

    private static StageState Ended(StageState stage, StageStatus status, StageShown? shown, DateTimeOffset time) => stage with
    {
        Status = status,
        FinishedAt = time,
        RetryAt = null,
        Shown = (shown ?? stage.Shown) is { } last ? last with { Question = null } : null,
    };

    /// <summary>A pause in the middle of a stage that only waits: the stage starts over after it. Work outside stands still where it is.</summary>
    private static DeploymentState Interrupted(DeploymentState state) => state with
    {
        Stages = [.. state.Stages.Select(stage => stage is { Status: StageStatus.Running, Plan.Interruptible: false } ? stage with { Status = StageStatus.Pending } : stage)],
    };

    /// <summary>Time that a stage stood still does not count.</summary>
    private static DeploymentState Later(DeploymentState state, TimeSpan stoodStill) => state with
    {
        Stages = [.. state.Stages.Select(stage => stage.Status == StageStatus.Running ? stage with { Deadline = stage.Deadline + stoodStill } : stage)],
    };

    private static DeploymentState SkipOpen(DeploymentState state, DateTimeOffset time) => state with
    {
        Stages = [.. state.Stages.Select(stage => stage.Status switch
        {
            StageStatus.Pending => stage with { Status = StageStatus.Skipped },
            StageStatus.Running => stage with { Status = StageStatus.Skipped, FinishedAt = time },
            _ => stage,
        })],
    };
}
