using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>A stage of an execution in Slipway's words: its parts, what they made, and what went wrong.</summary>
internal static class StageView
{
    private const int MostSteps = 200;

    public static StageShown Of(Execution execution, ExecutionStage stage, Installation installation) => new()
    {
        Note = NoteOf(stage),
        Link = StartExecutionStage.ExecutionLink(installation, execution.Application, execution.Id),
        Steps = [.. Steps(execution, stage).Take(MostSteps)],
    };

    /// <summary>The whole execution.</summary>
    public static StageShown Of(Execution execution, Installation installation) => new()
    {
        Link = StartExecutionStage.ExecutionLink(installation, execution.Application, execution.Id),
        Steps = [.. execution.TopStages.SelectMany(stage => Steps(execution, stage, 1).Prepend(Step(stage, 0))).Take(MostSteps)],
    };

    public static StageStatus StatusOf(ExecutionStatus status) => status switch
    {
        { IsSkipped: true } => StageStatus.Skipped,
        { IsSucceeded: true } => StageStatus.Succeeded,
        { IsFailed: true } or { IsFailedButGoingOn: true } => StageStatus.Failed,
        { HasStarted: true } => StageStatus.Running,
        _ => StageStatus.Pending,
    };

    private static IEnumerable<StageStep> Steps(Execution execution, ExecutionStage stage, int depth = 0)
    {
        var below = execution.Below(stage, depth).ToList();
        foreach (var (child, level) in below)
        {
            yield return Step(child, level);
            foreach (var task in Tasks(child, level + 1))
                yield return task;
        }

        // Children are the clearer story; a stage without them has only its tasks to tell.
        foreach (var task in below is [] ? Tasks(stage, depth) : [])
            yield return task;
    }

    private static IEnumerable<StageStep> Tasks(ExecutionStage stage, int depth) => stage.Tasks.Select(task => new StageStep
    {
        Name = Words(task.Name),
        Depth = depth,
        Status = StatusOf(task.Status),
        StartedAt = task.StartedAt,
        FinishedAt = task.EndedAt,
    });

    private static StageStep Step(ExecutionStage stage, int depth) => new()
    {
        Name = Words(stage.Name),
        Depth = depth,
        Status = StatusOf(stage.Status),
        StartedAt = stage.StartedAt,
        FinishedAt = stage.EndedAt,
        Note = stage.Status.IsFailed || stage.Status.IsFailedButGoingOn ? stage.Errors.Count > 0 ? stage.Errors[0] : null : NoteOf(stage),
    };

    private static string? NoteOf(ExecutionStage stage)
    {
        var groups = string.Join(", ", stage.Context.Field("deploy.server.groups").Entries()
            .SelectMany(region => ((System.Text.Json.JsonElement?)region.Value).Items().Select(name => $"{name.GetString()} in {region.Name}")));
        if (stage.Context.Field("lastCapacityCheck") is { } check && !stage.Status.IsComplete)
            return groups.Length == 0 ? Counts(check) : $"{groups}: {Counts(check)}";

        return groups.Length > 0 ? groups : Image(stage) ?? stage.Context.Text("canaryScoreMessage") ?? Score(stage);
    }

    private static string? Image(ExecutionStage stage) => (stage.Context.Text("ami") ?? stage.Context.Text("imageId")) is not { } image ? null
        : stage.Context.Field("previouslyBaked") is { ValueKind: System.Text.Json.JsonValueKind.True } ? $"{image}, baked before"
        : image;

    private static string Counts(System.Text.Json.JsonElement? check) => $"{check.Number("up")} up, {check.Number("down")} down, {check.Number("starting")} starting";

    private static string? Score(ExecutionStage stage) => stage.Context.Text("canaryScore") is { } score ? $"score {score}" : null;

    /// <summary>"waitForUpInstances" as people say it.</summary>
    private static string Words(string name)
    {
        if (name.Contains(' ', StringComparison.Ordinal) || name.Length == 0)
            return name;

        var words = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
