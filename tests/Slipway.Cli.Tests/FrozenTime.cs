namespace Slipway.Cli.Tests;

/// <summary>A clock that stands still, for stable output; timers run as always.</summary>
internal sealed class FrozenTime : TimeProvider
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => 0;
}
