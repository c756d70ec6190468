using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>One run of a pipeline, as Gate shows it.</summary>
internal sealed class Execution(JsonElement json)
{
    private IReadOnlyList<ExecutionStage>? stages;

    public string Id { get; } = json.Text("id") ?? "";

    public string Application { get; } = json.Text("application") ?? "";

    public string Name { get; } = json.Text("name") ?? "";

    public ExecutionStatus Status { get; } = ExecutionStatus.Parse(json.Text("status"));

    public DateTimeOffset? BuiltAt { get; } = json.Time("buildTime");

    public DateTimeOffset? StartedAt { get; } = json.Time("startTime");

    public string? CanceledBy { get; } = json.Text("canceledBy");

    public string? CancellationReason { get; } = json.Text("cancellationReason");

    public DateTimeOffset? PausedAt { get; } = json.Field("paused")?.Time("pauseTime");

    public string? PausedBy { get; } = json.Field("paused").Text("pausedBy");

    public string? ResumedBy { get; } = json.Field("paused").Text("resumedBy");

    public string? CorrelationId { get; } = json.Field("trigger").Text("correlationId");

    public string? User { get; } = json.Field("trigger").Text("user") ?? json.Field("authentication").Text("user");

    public string? TriggerType { get; } = json.Field("trigger").Text("type");

    public IReadOnlyList<ExecutionStage> Stages => stages ??= [.. json.Items("stages").Select(stage => new ExecutionStage(stage))];

    /// <summary>The stages of the pipeline's own configuration, each after those it waits for.</summary>
    public IReadOnlyList<ExecutionStage> TopStages => StageOrder.Sort(Stages.Where(stage => stage.ParentId is null), stage => stage.RefId, stage => stage.After);

    public string? Parameter(string name) => json.Field("trigger").Field("parameters").Text(name);

    /// <summary>The children of a stage and their children, in the order in which they run.</summary>
    public IEnumerable<(ExecutionStage Stage, int Depth)> Below(ExecutionStage stage, int depth = 0)
    {
        var children = Stages.Where(child => child.ParentId == stage.Id).ToList();
        foreach (var child in StageOrder.Sort(children, child => child.RefId, child => child.After))
        {
            yield return (child, depth);
            foreach (var below in Below(child, depth + 1))
                yield return below;
        }
    }

    /// <summary>Changes when anything changes that is worth reading the whole of it again.</summary>
    public string Signature => string.Join(' ', Stages.Select(stage => $"{stage.Id}:{stage.Status}").Prepend(Status.ToString()));
}
