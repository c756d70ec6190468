using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>Everything a deployment is created from.</summary>
internal sealed record PlannedDeployment
{
    public required TargetId Target { get; init; }

    public required Release Release { get; init; }

    public required ServiceDefinition Definition { get; init; }

    public required Strategy Strategy { get; init; }

    public Release? Previous { get; init; }

    public ServiceDefinition? PreviousDefinition { get; init; }

    public required IReadOnlyList<ArtifactReference> References { get; init; }

    public required IReadOnlyList<ArtifactReference> PreviousReferences { get; init; }

    public required Plan Plan { get; init; }
}
