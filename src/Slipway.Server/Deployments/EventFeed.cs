using System.Collections.Concurrent;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>Wakes whoever follows events. It carries nothing: readers take what is new from the database, so nothing is lost or doubled.</summary>
internal sealed class EventFeed
{
    private readonly ConcurrentDictionary<Subscription, byte> subscriptions = [];

    /// <param name="deployment">Null: everything.</param>
    public Subscription Subscribe(DeploymentId? deployment)
    {
        var subscription = new Subscription(this, deployment);
        subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    public void Changed(DeploymentId deployment)
    {
        foreach (var (subscription, _) in subscriptions)
        {
            if (subscription.Deployment is null || subscription.Deployment == deployment)
                subscription.Wake();
        }
    }

    public void ChangedAll()
    {
        foreach (var (subscription, _) in subscriptions)
            subscription.Wake();
    }

    internal sealed class Subscription(EventFeed feed, DeploymentId? deployment) : IDisposable
    {
        private readonly SemaphoreSlim signal = new(0, 1);

        public DeploymentId? Deployment => deployment;

        /// <summary>True: something may be new. False: the time is over.</summary>
        public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) => signal.WaitAsync(timeout, cancellation);

        public void Wake()
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Already awake.
            }
        }

        public void Dispose() => feed.subscriptions.TryRemove(this, out _);
    }
}
