using System.Text.Json.Serialization;

namespace Slipway.Contracts.Deployments;

/// <summary>queued → running ⇄ paused → succeeded | failed | rolledBack | cancelled | superseded. A terminal status never changes.</summary>
[JsonConverter(typeof(CamelCaseEnum<DeploymentStatus>))]
public enum DeploymentStatus
{
    Queued,
    Running,
    Paused,
    Succeeded,
    Failed,
    RolledBack,
    Cancelled,
    Superseded,
}
