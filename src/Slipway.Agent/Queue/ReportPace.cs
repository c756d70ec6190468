namespace Slipway.Agent.Queue;

/// <summary>
/// A burst at once, then one a second: the server keeps the nonces of ten minutes for each instance, and an agent whose logs somebody follows would
/// use them up. A token bucket.
/// </summary>
internal sealed class ReportPace(TimeProvider time)
{
    private const double Most = 20;
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(1);
    private double tokens = Most;
    private long since = time.GetTimestamp();

    /// <summary>Until the next report may go.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        tokens = Math.Min(Most, tokens + (time.GetElapsedTime(since) / Refill));
        since = time.GetTimestamp();
        tokens--;
        if (tokens < 0)
            await Task.Delay(Refill * -tokens, time, cancellation);
    }
}
