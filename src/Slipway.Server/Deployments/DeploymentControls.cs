using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Deployments;

/// <summary>State + request of a person -> facts or a refusal. Pure. Asking twice for the same is not an error.</summary>
internal static class DeploymentControls
{
    public static Outcome<DeploymentFact[]> Pause(DeploymentState state, string by, string? reason) => state switch
    {
        { IsTerminal: true } => Over(state, "paused"),
        { Status: DeploymentStatus.Queued } => Refused(state, "It has not started; cancel it, or put the target on hold."),
        { Status: DeploymentStatus.Paused } or { PauseRequested: true } => Array.Empty<DeploymentFact>(),
        _ when IsGoingBack(state) => Refused(state, "It is going back; that can not be paused."),
        _ => new DeploymentFact[] { new PauseRequested(by, reason) },
    };

    public static Outcome<DeploymentFact[]> Resume(DeploymentState state, string by) => state switch
    {
        { IsTerminal: true } => Over(state, "resumed"),
        { Status: DeploymentStatus.Paused } or { PauseRequested: true } => new DeploymentFact[] { new Resumed(by) },
        _ => Array.Empty<DeploymentFact>(),
    };

    public static Outcome<DeploymentFact[]> Cancel(DeploymentState state, string by, string? reason) => state switch
    {
        { Status: DeploymentStatus.Cancelled } => Array.Empty<DeploymentFact>(),
        { IsTerminal: true } => Over(state, "cancelled"),
        { Status: DeploymentStatus.Queued } => new DeploymentFact[] { new CancelRequested(by, reason), new Finished(DeploymentStatus.Cancelled) },
        { CancelRequested: true } => Array.Empty<DeploymentFact>(),
        _ when IsGoingBack(state) => Refused(state, "It is already going back."),
        _ => new DeploymentFact[] { new CancelRequested(by, reason) },
    };

    public static Outcome<DeploymentFact[]> RollBack(DeploymentState state, string by, string? reason, DeploymentId? request = null) => state switch
    {
        { Status: DeploymentStatus.RolledBack } => Array.Empty<DeploymentFact>(),
        { IsTerminal: true } => Over(state, "rolled back; use slipway rollback to take the target back"),
        { Status: DeploymentStatus.Queued } => Refused(state, "It has not started; cancel it."),
        _ when IsGoingBack(state) => Array.Empty<DeploymentFact>(),
        _ => new DeploymentFact[] { new RollbackRequested(by, reason, request) },
    };

    public static Outcome<DeploymentFact[]> Answer(DeploymentState state, bool approve, string by, ApprovalRequest request)
    {
        if (state.IsTerminal)
            return Over(state, approve ? "approved" : "rejected");

        var index = state.FirstOpen is { } open ? state.Stages.IndexOf(open) : 0;
        if (state.Stages[index] is { Answer: { } given } answered)
            return given.Approved == approve ? Array.Empty<DeploymentFact>() : Refused(state, $"{given.By} has {(given.Approved ? "approved" : "rejected")} {answered.Plan.Name} already.");

        if (state.Stages[index] is not { Status: StageStatus.Running, Shown.Question: { } question })
            return Refusal.Conflict("nothing_to_approve", $"{state.Id} does not wait for an approval.");

        if (request.Choice is { } choice ? question.Choices is not [] && !question.Choices.Contains(choice) : approve && question.Choices is not [])
            return Refusal.Invalid("choice", $"Choose one of: {string.Join(", ", question.Choices)}.");

        return new DeploymentFact[] { new ApprovalAnswered(index, approve, by, request.Choice, request.Reason) };
    }

    /// <summary>Counts once, and only while the stage waits that has asked: a pause asks anew.</summary>
    public static Outcome<DeploymentFact[]> AnswerCheck(DeploymentState state, string stage, int attempt, bool pass, string by, string? reason)
    {
        for (var index = 0; index < state.Stages.Length; index++)
        {
            if (state.Stages[index] is not { Plan.Kind: ICheckStages.Kind } check || check.Plan.Name != stage || check.Attempt != attempt)
                continue;

            if (check.Answer is not null)
                return Refusal.Conflict("check_answered", $"{stage} of {state.Id} has been answered already.");

            if (check.Status == StageStatus.Running && !state.IsTerminal)
                return new DeploymentFact[] { new ApprovalAnswered(index, pass, by, Choice: null, reason) };
        }

        return Refusal.Conflict("check_over", $"{stage} of {state.Id} does not wait for this answer any more.");
    }

    private static bool IsGoingBack(DeploymentState state) =>
        state.RollingBack || state.RollbackRequested || (state.Failure is not null && !state.Request.NoRollback);

    private static Refusal Over(DeploymentState state, string what) =>
        Refusal.Conflict("deployment_finished", $"{state.Id} is {Words.Of(state.Status)} and can not be {what}.");

    private static Refusal Refused(DeploymentState state, string why) =>
        Refusal.Conflict("not_possible_now", $"{state.Id}: {why}");
}
