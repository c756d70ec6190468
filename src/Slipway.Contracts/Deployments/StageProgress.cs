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
