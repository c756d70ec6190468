using System.Globalization;

namespace Slipway.Agent.Health;

/// <summary>What a started service has to pass: healthy before the deadline, and still so when it has settled. An end is noticed at once.</summary>
internal sealed class HealthGate(IHealthProbe probe, HealthTimes times, Task<string> ended, string endedCode, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    public async Task<GateVerdict> BecomeHealthyAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        string? last = null;
        for (var pause = FirstPause; ; pause = NextPause(time.GetElapsedTime(started)))
        {
            var left = times.Deadline - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return new GateVerdict.Failed("health_deadline", $"The service did not become healthy within {Text(times.Deadline)}: {last ?? "it was not asked yet"}.");

            switch (await AskAfterAsync(Shorter(pause, left), Shorter(times.Timeout, left), cancellation))
            {
                case null:
                    return await HasEndedAsync("before it was healthy");
                case ProbeAnswer.Unhealthy no:
                    // The last question is cut short by the deadline; that nothing came by then says less than the answer before.
                    if (last is null || time.GetElapsedTime(started) < times.Deadline)
                        last = no.Reason;

                    break;
                default:
                    return GateVerdict.Passed.Instance;
            }
        }
    }

    public async Task<GateVerdict> SettleAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        for (var left = times.Settle; left > TimeSpan.Zero; left = times.Settle - time.GetElapsedTime(started))
        {
            // The last question is asked when the time is over, the others every interval.
            switch (await AskAfterAsync(Shorter(times.Interval, left), times.Timeout, cancellation))
            {
                case null:
                    return await HasEndedAsync($"within {Text(times.Settle)} after it was healthy");
                case ProbeAnswer.Unhealthy no:
                    return new GateVerdict.Failed("unhealthy", $"The service was healthy and stopped being so within {Text(times.Settle)}: {no.Reason}.");
                default:
                    break;
            }
        }

        return ended.IsCompleted ? await HasEndedAsync("right after it was healthy") : GateVerdict.Passed.Instance;
    }

    /// <summary>At most a twentieth later than it could have been seen, from 20 ms up to the interval.</summary>
    private TimeSpan NextPause(TimeSpan elapsed) =>
        Shorter(elapsed / 20 > probe.ShortestPause ? elapsed / 20 : probe.ShortestPause, times.Interval);

    /// <returns>Null when the service ended meanwhile.</returns>
    private async Task<ProbeAnswer?> AskAfterAsync(TimeSpan pause, TimeSpan timeout, CancellationToken cancellation)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answer = DelayedAskAsync(pause, timeout, asking.Token);
        if (await Task.WhenAny(ended, answer) == answer && !ended.IsCompleted)
            return await answer;

        await asking.CancelAsync();
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return null;
    }

    private async Task<ProbeAnswer> DelayedAskAsync(TimeSpan pause, TimeSpan timeout, CancellationToken cancellation)
    {
        await Task.Delay(pause, time, cancellation);
        return await probe.AskAsync(timeout, cancellation);
    }

    private async Task<GateVerdict> HasEndedAsync(string when) => new GateVerdict.Failed(endedCode, $"The service {await ended} {when}.");

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string Text(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
