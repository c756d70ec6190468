using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Targets;

/// <summary>Takes a target back. If a deployment runs, that one is rolled back; else the previous version is activated everywhere at once.</summary>
public sealed record RollbackRequest
{
    /// <summary>Go back to this version instead of the previous one.</summary>
    public VersionName? Version { get; init; }

    public string? Reason { get; init; }

    /// <summary>True: answer the plan and change nothing.</summary>
    public bool DryRun { get; init; }
}
