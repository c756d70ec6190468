using Slipway.Agent.Balancing;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Activating;

/// <summary>The time between telling balancers to send no more and stopping the service.</summary>
internal sealed class Draining(Drain? settings, bool hasBalancer, TimeProvider time)
{
    private static readonly TimeSpan DefaultWithBalancer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a balancer needs to notice. Zero: nobody listens.</summary>
    public TimeSpan Noticed { get; } = settings is { WaitMs: >= 0 }
        ? TimeSpan.FromMilliseconds(settings.WaitMs)
        : hasBalancer ? DefaultWithBalancer : TimeSpan.Zero;

    private TimeSpan Deadline => settings is null ? DefaultDeadline : TimeSpan.FromMilliseconds(Math.Max(0, settings.DeadlineMs));

    /// <summary>Until balancers have noticed and then, up to the deadline, until connections to the port have ended.</summary>
    public async Task WaitAsync(uint port, CancellationToken cancellation)
    {
        // Where nobody takes the traffic away, waiting for its end would only make the deployment slow.
        if (Noticed == TimeSpan.Zero)
            return;

        await Task.Delay(Noticed, time, cancellation);
        var begun = time.GetTimestamp();
        while (port != 0 && OpenConnections.To(port) > 0 && time.GetElapsedTime(begun) < Deadline)
            await Task.Delay(BetweenLooks, time, cancellation);
    }
}
