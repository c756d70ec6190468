using Slipway.Contracts.Deployments;

namespace Slipway.Server.Deployments;

/// <summary>A deployment as the API shows it.</summary>
internal static class DeploymentView
{
    public static Deployment Of(DeploymentState state) => new()
    {
        Id = state.Id,
        Service = state.Request.Service,
        Environment = state.Request.Environment,
        Version = state.Request.Release.Version,
        ConfigRevision = state.Request.Release.ConfigRevision is > 0 and var revision ? revision : null,
        PreviousVersion = state.Previous?.Version ?? state.Plan.Changes.FromVersion,
        Kind = state.Request.Kind,
        Strategy = state.Request.Strategy,
        Status = state.Status,
        RollingBack = state is { RollingBack: true, IsTerminal: false },
        Pending = state.IsTerminal || state.RollingBack ? null
            : state.CancelRequested ? "cancelling"
            : state.PauseRequested ? "pausing"
            : null,
        Plan = state.Plan,
        Stages = [.. state.Stages.Select(Of)],
        Reason = state.Request.Reason,
        Failure = state.Failure,
        Automatic = state.Request.Automatic,
        CreatedBy = state.Request.CreatedBy,
        CreatedAt = state.CreatedAt,
        StartedAt = state.StartedAt,
        FinishedAt = state.FinishedAt,
        Sequence = state.Sequence,
    };

    private static StageProgress Of(StageState stage) => new()
    {
        Name = stage.Plan.Name,
        Kind = stage.Plan.Kind,
        Description = stage.Plan.Description,
        Status = stage.Status,
        Attempt = stage.Attempt,
        StartedAt = stage.StartedAt,
        FinishedAt = stage.FinishedAt,
        Note = stage.Note ?? stage.Shown?.Note,
        Steps = stage.Shown?.Steps ?? [],
        Link = stage.Shown?.Link,
        Question = stage is { Status: StageStatus.Running, Answer: null } ? stage.Shown?.Question : null,
        Answer = stage.Answer,
    };
}
