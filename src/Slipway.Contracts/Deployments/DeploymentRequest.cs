using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Deployments;

/// <summary>Asks for a deployment.</summary>
public sealed record DeploymentRequest
{
    public required ServiceName Service { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>Default: the newest version.</summary>
    public VersionName? Version { get; init; }

    /// <summary>Default: the target's newest.</summary>
    public int? ConfigRevision { get; init; }

    /// <summary>Default: the environment's, else the service's, else one instance first, then quarters.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>Why, for the record.</summary>
    public string? Reason { get; init; }

    /// <summary>True: answer the plan and change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>True: what was made once for the version, such as a baked image, is made anew. Default: it is used again.</summary>
    public bool Rebuild { get; init; }

    /// <summary>True: a failure is left as it is for somebody to look at. Default: taken back by itself.</summary>
    public bool NoRollback { get; init; }
}
