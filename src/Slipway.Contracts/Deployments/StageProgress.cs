using System.Text.Json.Serialization;

namespace Slipway.Contracts.Deployments;

/// <summary>How far a stage is.</summary>
public sealed record StageProgress
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Description { get; init; }

    public required StageStatus Status { get; init; }

    public int Attempt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it waits for or what happened, in a sentence.</summary>
    public string? Note { get; init; }

    /// <summary>The parts of a stage whose work goes on outside of Slipway.</summary>
    public IReadOnlyList<StageStep> Steps { get; set; } = [];

    /// <summary>Where the work can be seen in the system that does it.</summary>
    public StageLink? Link { get; init; }

    /// <summary>It waits for this to be answered.</summary>
    public ApprovalQuestion? Question { get; init; }

    /// <summary>What somebody answered.</summary>
    public ApprovalAnswer? Answer { get; init; }
}

/// <summary>pending → running → succeeded | failed; skipped when the deployment went back or ended before.</summary>
[JsonConverter(typeof(CamelCaseEnum<StageStatus>))]
public enum StageStatus
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Skipped,
}
