using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Live;

/// <summary>One service on one instance: what should be, and the agent's last words. A change is a new value, so readers need no lock.</summary>
internal sealed record MemberState(Assignment Assigned)
{
    public ServiceStatus? Reported { get; init; }

    public PrepareStatus? Prepare { get; init; }

    /// <summary>What was asked to be prepared and is not yet; said again when the instance returns.</summary>
    public WantedPrepare? Wanted { get; init; }

    public ulong HighestGeneration => Math.Max(Assigned.Generation, Reported?.Generation ?? 0);
}
