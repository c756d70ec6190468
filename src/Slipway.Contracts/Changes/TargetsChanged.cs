using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Changes;

/// <summary>Something that a target shows changed: its version, hold, automatic deployment, instances.</summary>
public sealed record TargetsChanged
{
    /// <summary>Empty where <see cref="All"/> is true.</summary>
    public required IReadOnlyList<TargetId> Targets { get; init; }

    /// <summary>Too many to name them, or some may have been missed: read everything that is shown again, the progress of deployments too.</summary>
    public required bool All { get; init; }
}
