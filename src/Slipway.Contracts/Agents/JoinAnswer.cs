using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Agents;

/// <summary>What the agent keeps after joining.</summary>
public sealed record JoinAnswer
{
    public required InstanceName Instance { get; init; }

    /// <summary>The installation's id; part of everything the agent signs.</summary>
    public required string ServerId { get; init; }
}
