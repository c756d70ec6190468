using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Deployments;

/// <summary>One instance in one deployment.</summary>
public sealed record InstanceProgress
{
    public required InstanceName Instance { get; init; }

    /// <summary>The stage that changes or last changed it.</summary>
    public required string Stage { get; init; }

    public required InstanceStep Step { get; init; }

    /// <summary>The version it runs now.</summary>
    public string? Version { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Evidence { get; set; } = [];

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Grows with every change of the deployment's instances: those that changed after the greatest one a reader has seen are what it does not know.</summary>
    public long Revision { get; init; }
}

/// <summary>What an instance does at the moment, in the order in which a deployment takes it.</summary>
[JsonConverter(typeof(CamelCaseEnum<InstanceStep>))]
public enum InstanceStep
{
    Pending,
    Preparing,
    Prepared,
    Draining,
    Stopping,
    Starting,
    Checking,
    Healthy,
    Failed,

    /// <summary>No connection; its deadline runs.</summary>
    Unreachable,
}
