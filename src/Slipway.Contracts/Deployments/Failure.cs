using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Deployments;

/// <summary>Why a deployment failed: the cause first, then the evidence.</summary>
public sealed record Failure
{
    public required string Stage { get; init; }

    /// <summary>Stable, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The first instance that failed.</summary>
    public InstanceName? Instance { get; init; }

    /// <summary>The last lines of its output, kept after everything else is gone.</summary>
    public IReadOnlyList<string> Evidence { get; set; } = [];
}
