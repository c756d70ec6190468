using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Observing;

/// <summary>A target to look at.</summary>
public sealed record ObserveRequest
{
    public required TargetId Target { get; init; }

    /// <summary>The definition of the version that should run; the service's newest where none should.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>What should run. Null: nothing was deployed yet.</summary>
    public VersionName? Version { get; init; }

    /// <summary>When <see cref="Version"/> was completely deployed; what somebody started there before is history.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>A deployment is under way, so that what runs is on its way to something else.</summary>
    public bool Busy { get; init; }

    /// <summary>What was made for the service's versions outside of Slipway: its id to its version.</summary>
    public required IReadOnlyDictionary<string, VersionName> Made { get; init; }

    public required DateTimeOffset Now { get; init; }
}
