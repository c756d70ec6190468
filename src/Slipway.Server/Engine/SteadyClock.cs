namespace Slipway.Server.Engine;

/// <summary>
/// Wall time at the start of the process plus what the monotonic clock has measured since: a jump of the machine's clock neither ends a stage early
/// nor makes it endless.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long timestamp = time.GetTimestamp();

    public DateTimeOffset Now => start + time.GetElapsedTime(timestamp);
}
