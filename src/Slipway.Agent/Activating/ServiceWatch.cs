using Slipway.Agent.Health;
using Slipway.Agent.Supervision;

namespace Slipway.Agent.Activating;

/// <summary>Looks after a service that was activated: keeps it up, asks for its health, rotates its log.</summary>
internal sealed class ServiceWatch : IAsyncDisposable
{
    private readonly IServiceRun run;
    private readonly IHealthProbe probe;
    private readonly HealthTimes times;
    private readonly HealthTally tally;
    private readonly IWatchEar ear;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource letGo = new();
    private readonly Lock gate = new();
    private CancellationTokenSource sleep = new();
    private long startedAt;
    private Task watching = Task.CompletedTask;

    public ServiceWatch(IServiceRun run, IHealthProbe probe, HealthTimes times, IWatchEar ear, TimeProvider time)
    {
        (this.run, this.probe, this.times, this.ear, this.time) = (run, probe, times, ear, time);
        tally = new(times.Failures);
        startedAt = time.GetTimestamp();
    }

    public IHealthProbe Probe => probe;

    public bool IsHealthy => tally.IsHealthy;

    public string ReasonCode { get; private set; } = "";

    public string Reason => tally.Reason;

    /// <param name="first">What the health check said before the watch began.</param>
    public void Begin(ProbeAnswer first)
    {
        if (first is ProbeAnswer.Unhealthy no)
            (ReasonCode, _) = ("unhealthy", tally.Fail(no.Reason));
        run.KeepUp(RunChanged);
        watching = WatchAsync(letGo.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await letGo.CancelAsync();
        await watching;
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await SleepAsync(cancellation);
                ear.IntervalEnded();
                if (run.ProcessId != 0 || probe is not ProcessHealth)
                    Count(await AskAsync(cancellation));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A full disk, for one, keeps the log from being rotated or a check from being run; the next interval tries again.
                ear.Troubled(e);
            }
        }
    }

    private async Task SleepAsync(CancellationToken cancellation)
    {
        CancellationTokenSource mine;
        lock (gate)
            mine = sleep;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, mine.Token);
        await Task.Delay(Pause(), time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>At rest the interval, spread so that many services do not ask in step; soon and then less often after a start.</summary>
    private TimeSpan Pause()
    {
        if (IsHealthy)
            return times.Interval * (0.9 + (Random.Shared.NextDouble() / 5));

        var sinceStart = time.GetElapsedTime(startedAt) / 20;
        var shortest = probe.ShortestPause > sinceStart ? probe.ShortestPause : sinceStart;
        return shortest < times.Interval ? shortest : times.Interval;
    }

    private async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        var answer = await probe.AskAsync(times.Timeout, cancellation);
        if (probe is not ProcessHealth)
            ear.Asked(answer, time.GetElapsedTime(asked));

        return answer;
    }

    private void Count(ProbeAnswer answer)
    {
        bool isNew;
        lock (gate)
        {
            // An answer to a question asked before a crash says nothing about what runs now.
            if (answer is ProbeAnswer.Healthy && run.ProcessId == 0)
                return;

            isNew = tally.Count(answer);
            if (isNew)
                ReasonCode = IsHealthy ? "" : "unhealthy";
        }

        if (isNew)
            ear.Changed(this);
    }

    private void RunChanged(string? end)
    {
        lock (gate)
        {
            if (end is not null)
            {
                tally.Fail($"The service {end}");
                ReasonCode = run.EndedCode;
            }
            else
            {
                startedAt = time.GetTimestamp();
                sleep.Cancel();
                sleep = new();
            }
        }

        if (end is null)
            ear.StartedAgain();

        ear.Changed(this);
    }
}
