using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

/// <summary>What is known of a service that is supervised now.</summary>
internal sealed record RunningService
{
    public required ServiceName Service { get; init; }

    /// <summary>What runs, which is not what an activation in progress asks for.</summary>
    public required VersionName Version { get; init; }

    /// <summary>HEALTHY, UNHEALTHY, or what an activation is doing.</summary>
    public required ServiceState State { get; init; }

    public int ProcessId { get; init; }

    public uint Port { get; init; }

    public int Restarts { get; init; }

    /// <summary>When the process began that an earlier agent process left behind. Null: this one has started it, and watched it ever since.</summary>
    public DateTimeOffset? FoundStartedAt { get; init; }

    /// <summary>What the balancer is told: true is up.</summary>
    public bool Ready { get; init; }

    public string ReasonCode { get; init; } = "";

    public string Reason { get; init; } = "";

    public IReadOnlyList<string> Evidence { get; init; } = [];
}
