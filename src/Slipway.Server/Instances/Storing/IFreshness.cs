using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Storing;

/// <summary>Makes sure that what other nodes have just changed is known here too.</summary>
internal interface IFreshness
{
    Task ReadAsync(InstanceName instance, CancellationToken cancellation);

    /// <summary>For whoever has proved nothing: so many times a second. False: nothing was read.</summary>
    ValueTask<bool> ReadForStrangerAsync(InstanceName instance, CancellationToken cancellation);
}
