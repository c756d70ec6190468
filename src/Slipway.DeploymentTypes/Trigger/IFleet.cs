using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Every effect the trigger type may have on instances, and all it may know of them.</summary>
public interface IFleet
{
    /// <summary>The instances of a target (of its environment, running its service), connected or not, in the order of their names.</summary>
    Task<IReadOnlyList<FleetMember>> MembersAsync(TargetId target, CancellationToken cancellation);

    /// <summary>Asks for a version to be fetched and unpacked ahead. Safe to repeat.</summary>
    Task PrepareAsync(TargetId target, IReadOnlyList<InstanceName> instances, Release release, string cause, CancellationToken cancellation);

    /// <summary>
    /// Assigns a version. The assignment is stored before anything is sent, and <paramref name="cause"/> makes it idempotent:
    /// an instance whose assignment already has this cause is only told again. Instances that are away get it when they return.
    /// Where <paramref name="fence"/> does not hold any more it throws, and nothing is assigned.
    /// </summary>
    Task AssignAsync(TargetId target, IReadOnlyList<InstanceName> instances, Release? release, string cause, Fence? fence, CancellationToken cancellation);

    /// <summary>
    /// The same, and the service is started anew even where this very release runs: once for each cause, however often it is said.
    /// </summary>
    Task RestartAsync(TargetId target, IReadOnlyList<InstanceName> instances, Release release, string cause, Fence? fence, CancellationToken cancellation);

    /// <summary>What is assigned to these instances and what they last said, in the same order. Cheap: no database.</summary>
    Task<IReadOnlyList<FleetStatus>> StatusAsync(TargetId target, IReadOnlyList<InstanceName> instances, CancellationToken cancellation);
}
