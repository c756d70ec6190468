using System.Text.Json.Serialization;

namespace Slipway.Contracts.Deployments;

/// <summary>What a deployment was asked for.</summary>
[JsonConverter(typeof(CamelCaseEnum<DeploymentKind>))]
public enum DeploymentKind
{
    /// <summary>Bring the target to a version.</summary>
    Deploy,

    /// <summary>Take the target back to an earlier version.</summary>
    Rollback,

    /// <summary>Start what runs anew.</summary>
    Restart,
}
