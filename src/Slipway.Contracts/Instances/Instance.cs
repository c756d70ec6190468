using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Instances;

/// <summary>A machine (or container) on which an agent runs services.</summary>
public sealed record Instance
{
    public required InstanceName Name { get; init; }

    public required EnvironmentName Environment { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required bool Connected { get; init; }

    /// <summary>How commands reach it: <c>direct</c>, over the connection its agent holds, or <c>aws</c>, through an SNS topic and an SQS queue.</summary>
    public string Transport { get; set; } = "direct";

    /// <summary>What its agent says is wrong with its queue. Null: nothing.</summary>
    public string? TransportTrouble { get; init; }

    public string? AgentVersion { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public required IReadOnlyList<InstanceService> Services { get; init; }
}

/// <summary>A service on an instance: what should be and what is.</summary>
public sealed record InstanceService
{
    public required ServiceName Service { get; init; }

    public string? AssignedVersion { get; init; }

    public string? RunningVersion { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public long Generation { get; init; }

    public int Restarts { get; init; }

    public int? Port { get; init; }

    /// <summary>Since when it is in this state, by the instance's clock; healthy: without having been unhealthy or started again for a moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Versions that are ready to be activated.</summary>
    public IReadOnlyList<string> PreparedVersions { get; set; } = [];
}
