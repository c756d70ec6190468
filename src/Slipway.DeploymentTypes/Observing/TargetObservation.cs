using Slipway.Contracts.Targets;

namespace Slipway.DeploymentTypes.Observing;

/// <summary>What was seen of a target.</summary>
public sealed record TargetObservation
{
    /// <summary>By location, newest first.</summary>
    public required IReadOnlyList<InstanceGroup> Groups { get; init; }

    /// <summary>How what runs differs from what should, a sentence each.</summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>Deployments that somebody has started there, oldest first.</summary>
    public IReadOnlyList<OutsideRun> OutsideRuns { get; init; } = [];

    /// <summary>When it is worth looking again.</summary>
    public required TimeSpan NextIn { get; init; }
}
