using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>What a deployment does next. A closed set.</summary>
internal abstract record NextStep
{
    private NextStep()
    {
    }

    /// <summary>These facts have come true; record them and ask again.</summary>
    public sealed record Record(params DeploymentFact[] Facts) : NextStep;

    /// <summary>Call the stage.</summary>
    public sealed record Run(int Stage) : NextStep;

    /// <summary>Ask the deployment type for the way back.</summary>
    public sealed record PlanRollback : NextStep;

    /// <summary>Nothing to do before this time, unless something happens. Null: not before something happens.</summary>
    public sealed record Sleep(DateTimeOffset? Until) : NextStep;

    /// <summary>State -> what to do now. Pure.</summary>
    public static NextStep Of(DeploymentState state, DateTimeOffset now) => state switch
    {
        { IsTerminal: true } or { Status: DeploymentStatus.Queued } => new Sleep(null),
        { RollingBack: true } => OfRollback(state, now),
        { CancelRequested: true } or { RollbackRequested: true } when AtSafePoint(state) || state.RollbackRequested => new PlanRollback(),
        { Failure: not null, Request.NoRollback: true } => new Record(new Finished(DeploymentStatus.Failed)),
        { Failure: not null } => new PlanRollback(),
        { Status: DeploymentStatus.Paused, FirstOpen.Plan.Interruptible: false } => new Sleep(null),
        { PauseRequested: true, FirstOpen.Plan.Interruptible: false } when AtSafePoint(state) => new Record(new Paused()),
        _ => OfStages(state, now) ?? new Record(new Finished(DeploymentStatus.Succeeded)),
    };

    /// <summary>Between stages, in one that only waits or asks, or in one whose work outside can be stopped.</summary>
    public static bool AtSafePoint(DeploymentState state) =>
        state.Stages.FirstOrDefault(stage => stage.Status == StageStatus.Running)?.Plan is not { } running || running.Wait is not null || running.Interruptible || running.Kind == ICheckStages.Kind;

    private static NextStep OfRollback(DeploymentState state, DateTimeOffset now)
    {
        var stages = state.Stages.Where(stage => stage.IsRollback).ToList();
        if (stages.Exists(stage => stage.Status == StageStatus.Failed))
            return new Record(new Finished(DeploymentStatus.Failed, "The way back failed too."));

        return OfStages(state, now) ?? new Record(new Finished(state switch
        {
            { CancelRequested: true, RollbackRequested: false, Failure: null } => DeploymentStatus.Cancelled,
            // Nothing had been changed, so nothing was taken back.
            { Failure: not null } when stages.TrueForAll(stage => stage.Plan.TakesNothingBack) => DeploymentStatus.Failed,
            _ when stages.TrueForAll(stage => stage.Plan.TakesNothingBack) => DeploymentStatus.Cancelled,
            _ => DeploymentStatus.RolledBack,
        }));
    }

    /// <summary>Null: every stage is done.</summary>
    private static NextStep? OfStages(DeploymentState state, DateTimeOffset now)
    {
        for (var index = 0; index < state.Stages.Length; index++)
        {
            var stage = state.Stages[index];
            switch (stage.Status)
            {
                case StageStatus.Pending:
                    return new Record(new StageStarted(index, stage.Attempt + 1, now + stage.Plan.Deadline.Time));
                case StageStatus.Running when stage.RetryAt > now:
                    return new Sleep(stage.RetryAt);
                case StageStatus.Running:
                    return new Run(index);
                case StageStatus.Succeeded or StageStatus.Failed or StageStatus.Skipped:
                    break;
            }
        }

        return null;
    }
}
