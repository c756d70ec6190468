namespace Slipway.Server.Engine;

/// <summary>What every grain does first: it lets go of Orleans' lock.</summary>
/// <remarks>
/// Orleans (10.4) starts an activation under the activation's own lock, and everything up to the first real wait runs under it. Two grains that start in the
/// same moment and call each other then wait for each other's lock for ever, and everybody who asks them too. With SQLite nothing waits for real,
/// so a whole turn fits under the lock. Seen after a restart in mid-deployment: a target and its deployment wake each other.
/// </remarks>
internal abstract class SlipwayGrain : Grain
{
    public sealed override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await ActivatedAsync(cancellationToken);
    }

    protected virtual Task ActivatedAsync(CancellationToken cancellation) => Task.CompletedTask;
}
