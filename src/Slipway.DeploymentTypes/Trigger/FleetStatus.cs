using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>What an instance should run for the target's service, and what it last said.</summary>
public sealed record FleetStatus
{
    public required InstanceName Instance { get; init; }

    public required bool Connected { get; init; }

    /// <summary>What it should run. Null: nothing.</summary>
    public Release? Assigned { get; init; }

    /// <summary>Why it was assigned.</summary>
    public string? AssignedCause { get; init; }

    public ulong AssignedGeneration { get; init; }

    /// <summary>The agent's last word. Null: it never spoke of this service.</summary>
    public ServiceStatus? Reported { get; init; }

    /// <summary>The agent's last word on preparing ahead.</summary>
    public PrepareStatus? Prepare { get; init; }

    /// <summary>The cause of what it was asked to prepare and has not done yet, as far as this server process knows: forgotten when the server dies.</summary>
    public string? AskedToPrepare { get; init; }

    /// <summary>The agent has accepted the newest assignment, so <see cref="Reported"/> speaks of it.</summary>
    public bool IsCurrent => Reported is not null && Reported.Generation >= AssignedGeneration;
}
