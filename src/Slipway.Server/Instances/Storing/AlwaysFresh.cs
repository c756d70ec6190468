using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Storing;

/// <summary>Nobody else writes.</summary>
internal sealed class AlwaysFresh : IFreshness
{
    public Task ReadAsync(InstanceName instance, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask<bool> ReadForStrangerAsync(InstanceName instance, CancellationToken cancellation) => ValueTask.FromResult(false);
}
