using Slipway.Contracts.Ids;

namespace Slipway.Client.Deployments;

/// <summary>Which deployments; what is absent does not matter.</summary>
public sealed record DeploymentFilter
{
    public ServiceName? Service { get; init; }

    public EnvironmentName? Environment { get; init; }

    /// <summary>As the API writes it: running, succeeded, rolledBack …</summary>
    public string? Status { get; init; }

    public VersionName? Version { get; init; }
}
