using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Deployments;

/// <summary>The ordered stages a deployment will go through, fixed and shown before it starts.</summary>
public sealed record Plan
{
    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>Instances that belong to the target but are not connected; they converge by themselves when they return.</summary>
    public IReadOnlyList<InstanceName> Absent { get; set; } = [];

    public required PlanChanges Changes { get; init; }

    /// <summary>What somebody should know before starting.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>From the target's history. Absent: there is none.</summary>
    public Duration? ExpectedDuration { get; init; }
}

/// <summary>One stage of a plan.</summary>
public sealed record PlannedStage
{
    /// <summary>Short, unique in the plan: "prepare", "batch-1", "soak-1".</summary>
    public required string Name { get; init; }

    /// <summary>What the deployment type calls this kind of stage.</summary>
    public required string Kind { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Description { get; init; }

    /// <summary>Exactly these, in this order.</summary>
    public IReadOnlyList<InstanceName> Instances { get; set; } = [];

    /// <summary>The stage fails when it takes longer.</summary>
    public required Duration Deadline { get; init; }

    /// <summary>For stages that wait.</summary>
    public Duration? Wait { get; init; }

    /// <summary>A stage of the way back that only ends what was begun: nothing had been changed that it would take back.</summary>
    public bool TakesNothingBack { get; init; }

    /// <summary>Its work goes on outside of Slipway and can be stopped at any moment: pausing and cancelling act in its middle.</summary>
    public bool Interruptible { get; init; }
}

/// <summary>What would be different afterwards.</summary>
public sealed record PlanChanges
{
    public VersionName? FromVersion { get; init; }

    public required VersionName ToVersion { get; init; }

    public int? FromConfigRevision { get; init; }

    public int? ToConfigRevision { get; init; }

    public string? FromCommit { get; init; }

    public string? ToCommit { get; init; }

    /// <summary>Config values that differ, by name only.</summary>
    public IReadOnlyList<string> ConfigNames { get; set; } = [];
}
