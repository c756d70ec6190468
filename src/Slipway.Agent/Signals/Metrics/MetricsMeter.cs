namespace Slipway.Agent.Signals.Metrics;

/// <summary>Reads a service's metrics in every step, and tells by how much they changed.</summary>
internal sealed class MetricsMeter(PageReader reader, TimeProvider time)
{
    private PageTotals? before;
    private IReadOnlyList<string> watched = [];
    private int processOf;

    /// <summary>The process began under this agent's eyes: all that it counted is new.</summary>
    private bool countsFromZero;

    private long since;

    /// <returns>Null where there is nothing to tell.</returns>
    public async Task<PageValues?> MeasureAsync(MeasuredRun run, int processId, CancellationToken cancellation)
    {
        if (run.Settings.MetricsPort == 0 || processId == 0)
            return null;

        if (processOf != processId)
            (before, countsFromZero, since) = (null, run.IsFresh || processOf != 0, StepAgo(run.Settings.StepMs));
        else if (!watched.SequenceEqual(run.Settings.Watched, StringComparer.Ordinal))
            (before, countsFromZero) = (null, false);

        (processOf, watched) = (processId, run.Settings.Watched);
        if (await reader.ReadAsync(run.Settings, cancellation) is not { } now)
            return null;

        var values = before is not null || countsFromZero ? PageChange.Between(before, now, time.GetElapsedTime(since).TotalSeconds) : null;
        (before, countsFromZero, since) = (now, false, time.GetTimestamp());
        return values;
    }

    private long StepAgo(int stepMs) => time.GetTimestamp() - (time.TimestampFrequency * stepMs / 1000);
}
