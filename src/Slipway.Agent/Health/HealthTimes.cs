namespace Slipway.Agent.Health;

/// <summary>The times of a health check, with what holds where the service says nothing.</summary>
internal sealed record HealthTimes(TimeSpan Interval, TimeSpan Timeout, TimeSpan Deadline, TimeSpan Settle, int Failures)
{
    public static HealthTimes Of(Contracts.Agent.V1.Health? health) => new(
        Milliseconds(health?.IntervalMs, 5_000),
        Milliseconds(health?.TimeoutMs, 2_000),
        Milliseconds(health?.DeadlineMs, 60_000),
        TimeSpan.FromMilliseconds(Math.Max(0, health?.SettleMs ?? 1_000)),
        health is { Failures: > 0 } ? health.Failures : 3);

    private static TimeSpan Milliseconds(int? value, int otherwise) => TimeSpan.FromMilliseconds(value is > 0 ? value.Value : otherwise);
}
