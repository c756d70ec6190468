using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Executions;

/// <summary>A stage of an execution: one that was configured, or one that Orca added as another's child.</summary>
internal sealed class Stage
{
    public required string Id { get; init; }

    public required string RefId { get; init; }

    public required string Type { get; init; }

    public required string Name { get; set; }

    public IReadOnlyList<string> RequisiteRefIds { get; init; } = [];

    public string? ParentId { get; init; }

    public Place Place { get; init; }

    public Status Status { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public JsonObject Context { get; set; } = [];

    public JsonObject Outputs { get; set; } = [];

    public List<StageTask> Tasks { get; init; } = [];

    public bool AfterIsPlanned { get; set; }

    public bool FailureIsPlanned { get; set; }

    public Modified? LastModified { get; set; }
}

/// <summary>Where a stage stands to its parent.</summary>
internal enum Place
{
    Top,
    Before,
    After,
    OnFailure,
}

internal sealed record Modified(string User, DateTimeOffset At);

/// <summary>One step of a stage.</summary>
internal sealed class StageTask
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public bool StageStart { get; init; }

    public bool StageEnd { get; init; }

    public Status Status { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    /// <summary>When a running task is looked at next.</summary>
    public DateTimeOffset? Due { get; set; }
}
