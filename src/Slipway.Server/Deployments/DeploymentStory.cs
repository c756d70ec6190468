using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>A fact as one sentence for a person.</summary>
internal static class DeploymentStory
{
    public static string Tell(DeploymentState after, DeploymentFact fact) => fact switch
    {
        Created { IsRestart: true } created => $"{created.CreatedBy} asked to restart {created.Service} {created.Release.Version} in {created.Environment}{Because(created.Reason)}",
        Created { Outside: not null } created => $"{created.CreatedBy} deployed {created.Service} {created.Release.Version} to {created.Environment} outside of Slipway, which follows it",
        Created created => $"{created.CreatedBy} asked for {created.Service} {created.Release.Version} in {created.Environment}{Because(created.Reason)}",
        Started when after.Request.IsRestart => $"Started: restarting {after.Request.Release.Version}",
        Started => after.Previous is { } previous
            ? $"Started: {previous.Version} → {after.Request.Release.Version}"
            : $"Started: first deployment, {after.Request.Release.Version}",
        StageStarted started => Beginning(after.Stages[started.Stage].Plan),
        StageNoted noted => $"{Name(after, noted.Stage)} goes on",
        StageSucceeded done => $"{Name(after, done.Stage)} done in {Elapsed(after.Stages[done.Stage])}",
        StageErrored errored => $"{Name(after, errored.Stage)}: could not tell, trying again: {errored.Cause}",
        StageFailed failed => $"{Name(after, failed.Stage)} failed: {failed.Failure.Reason}",
        PauseRequested pause => $"{pause.By} asked to pause at the next safe point{Because(pause.Reason)}",
        ApprovalAnswered answered => $"{answered.By} {(answered.Approved ? "approved" : "rejected")} {Name(after, answered.Stage)}{(answered.Choice is { } choice ? $" ({choice})" : "")}{Because(answered.Reason)}",
        Paused paused => paused.By is { } by ? $"Paused by {by}" : "Paused",
        Resumed resumed => $"{resumed.By} resumed it",
        CancelRequested cancel => $"{cancel.By} asked to cancel{Because(cancel.Reason)}",
        RollbackRequested rollback => $"{rollback.By} asked to roll back{Because(rollback.Reason)}",
        RollbackStarted { Stages: [] } => "Nothing was changed yet, so there is nothing to take back",
        RollbackStarted => after.Previous is { } previous ? $"Taking it back to {previous.Version}" : "Taking it back: nothing ran before",
        Finished finished => Ending(after, finished),
        _ => throw new InvalidOperationException($"No words for {fact.GetType().Name}."),
    };

    private static string Beginning(PlannedStage stage) => stage.Description.StartsWith(stage.Name + ":", StringComparison.OrdinalIgnoreCase)
        ? Capital(stage.Description)
        : $"{Capital(stage.Name)}: {char.ToLowerInvariant(stage.Description[0])}{stage.Description[1..]}";

    private static string Ending(DeploymentState after, Finished finished)
    {
        var (service, environment) = after.Target;
        var ending = finished.Status switch
        {
            DeploymentStatus.Succeeded when after.Request.IsRestart => $"{service} {after.Request.Release.Version} was restarted in {environment}",
            DeploymentStatus.RolledBack when after.Request.IsRestart => $"The restart was stopped; {service} in {environment} is on {after.Request.Release.Version} as before",
            DeploymentStatus.Succeeded => $"{service} {after.Request.Release.Version} runs in {environment}",
            DeploymentStatus.RolledBack => after.Previous is { } previous
                ? $"Rolled back: {service} in {environment} is on {previous.Version}; on hold for automatic deployments"
                : $"Rolled back: {service} does not run in {environment}, as before",
            DeploymentStatus.Failed => $"Failed{(after.Failure is { } failure ? $": {failure.Reason}" : "")}",
            DeploymentStatus.Cancelled => "Cancelled",
            DeploymentStatus.Superseded => "Superseded by a newer deployment",
            _ => Words.Of(finished.Status),
        };
        return finished.Because is { } because ? $"{ending} {because}" : ending;
    }

    private static string Name(DeploymentState state, int stage) => Capital(state.Stages[stage].Plan.Name);

    private static string Elapsed(StageState stage) =>
        stage is { StartedAt: { } started, FinishedAt: { } finished }
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(finished - started).TotalSeconds:0.0} s")
            : "no time";

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
