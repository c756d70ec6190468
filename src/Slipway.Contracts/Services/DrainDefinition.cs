namespace Slipway.Contracts.Services;

/// <summary>How traffic is taken away from an instance before its service is stopped.</summary>
public sealed record DrainDefinition
{
    /// <summary>At least this long between telling the balancer and stopping. Default: 2s where the agent answers a balancer, else 0s.</summary>
    public Duration? Wait { get; init; }

    /// <summary>At most this long for open connections to end.</summary>
    public Duration Deadline { get; set; } = Duration.FromSeconds(10);
}
