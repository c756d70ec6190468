namespace Slipway.Agent.Connection;

/// <summary>
/// Growing waits with full jitter: any moment between now and the ceiling is as likely as any other, so that ten thousand agents that lost
/// a server at the same instant come back spread out.
/// </summary>
internal sealed class Backoff(Random random)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan Maximum = TimeSpan.FromSeconds(30);
    private const double Growth = 1.6;
    private int attempt;

    public TimeSpan Next()
    {
        var ceiling = Math.Min(Maximum.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(Growth, attempt));
        attempt = Math.Min(attempt + 1, 20);
        return TimeSpan.FromMilliseconds(random.NextDouble() * ceiling);
    }

    public void Reset() => attempt = 0;
}
