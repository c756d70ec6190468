using System.Threading.RateLimiting;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Nodes;

/// <summary>Reads single instances on demand, for strangers no more than the database bears.</summary>
internal sealed class Freshness(Lazy<FleetSync> sync) : IFreshness, IDisposable
{
    private const int StrangersPerSecond = 100;

    private readonly TokenBucketRateLimiter strangers = new(new()
    {
        TokenLimit = StrangersPerSecond,
        TokensPerPeriod = StrangersPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = true,
        QueueLimit = 0,
    });

    public Task ReadAsync(InstanceName instance, CancellationToken cancellation) => sync.Value.ReadNowAsync(instance, cancellation);

    public async ValueTask<bool> ReadForStrangerAsync(InstanceName instance, CancellationToken cancellation)
    {
        using var lease = strangers.AttemptAcquire();
        if (!lease.IsAcquired)
            return false;

        await ReadAsync(instance, cancellation);
        return true;
    }

    public void Dispose() => strangers.Dispose();
}
