using Slipway.Agent.Health;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals.Lines;
using Slipway.Agent.Signals.Metrics;
using Slipway.Agent.Signals.Processes;

namespace Slipway.Agent.Signals;

/// <summary>Measures one service, step by step. What it measured outlives what ran: before and after a new version is what is compared.</summary>
/// <param name="journal">For what systemd runs.</param>
internal sealed class ServiceSignals(string service, LogFiles logs, JournalReader journal, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SignalHistory history = new();
    private readonly ProcessUsage usage = new(new ProcessFiles());
    private readonly MetricsMeter metrics = new(new PageReader(time), time);
    private readonly OutputReader file = new(logs);
    private Occurrences occurrences = new();
    private MeasuredRun? run;
    private IOutput? output;
    private bool asksHealth;
    private int restartsSeen;
    private long measuredAt;

    public string Service => service;

    public SignalHistory History => history;

    public int StepMs => history.StepMs;

    /// <summary>The one that is now.</summary>
    private long Step => time.GetUtcNow().ToUnixTimeMilliseconds() / StepMs;

    /// <summary>Unix milliseconds. Steps that ended before that are not measured, and none before anything ran: how long one is was not said then.</summary>
    public long BeganAt { get; private set; } = long.MaxValue;

    /// <summary>The process that is measured with all that came of it. 0: none.</summary>
    public int ProcessId => run?.Run.ProcessId ?? 0;

    /// <summary>True once: its output has become too much to be read as a whole.</summary>
    public bool BeganToSample { get; private set; }

    public void Begin(MeasuredRun measured)
    {
        lock (gate)
            (run, restartsSeen) = (measured, measured.Run.Restarts);

        if (BeganAt == long.MaxValue || history.StepMs != measured.Settings.StepMs)
            BeganAt = time.GetUtcNow().ToUnixTimeMilliseconds();

        history.Use(measured.Settings.StepMs);
        output = measured.Journal is null ? file : journal;
        output.Begin(measured, Step, history.Kinds);
        Started(measured, again: !measured.IsFresh && measured.Run.Restarts > 0);
    }

    /// <summary>Nothing runs any more.</summary>
    public void End()
    {
        lock (gate)
            run = null;

        (output ?? file).End(Step, history.Kinds);
    }

    public void StartedAgain()
    {
        MeasuredRun? measured;
        lock (gate)
        {
            measured = run;
            if (measured is not null)
            {
                // systemd may have started it several times between two looks.
                occurrences.Restarts += Math.Max(1, measured.Run.Restarts - restartsSeen);
                restartsSeen = measured.Run.Restarts;
            }
        }

        if (measured is not null)
            Started(measured, again: true);
    }

    /// <param name="asks">Whether a probe that may be answered is asked from now on.</param>
    public void Probing(bool asks) => asksHealth = asks;

    public void Answered(ProbeAnswer answer, TimeSpan took)
    {
        lock (gate)
            occurrences.Add(answer, took);
    }

    /// <param name="step">The step that has just ended.</param>
    public async Task MeasureAsync(long step, ProcessScan scan, CancellationToken cancellation)
    {
        Occurrences had;
        MeasuredRun? measured;
        lock (gate)
            (had, occurrences, measured) = (occurrences, new(), run);

        var stepMs = StepMs;
        var processId = measured?.Run.ProcessId ?? 0;
        var used = usage.Measure(processId, scan, Since(ref measuredAt, stepMs));
        var lines = (output ?? file).Read(step, history.Kinds);
        BeganToSample |= lines.IsSampled;
        var page = measured is null ? null : await metrics.MeasureAsync(measured, processId, cancellation);
        history.Record(step, stepMs, ring =>
        {
            used.Write(ring);
            had.Write(ring, measured is not null, asksHealth);
            lines.Write(ring, isRunning: measured is not null && !double.IsNaN(lines.Lines));
            page?.Write(ring);
        });
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    /// <summary>Seconds since it was measured before, which is a step but for what kept the agent from it.</summary>
    private double Since(ref long before, int stepMs)
    {
        var now = time.GetTimestamp();
        var seconds = before == 0 ? 0 : time.GetElapsedTime(before, now).TotalSeconds;
        before = now;
        return seconds > 0 ? seconds : stepMs / 1000.0;
    }

    private void Started(MeasuredRun measured, bool again) => history.Started(new()
    {
        At = ProcessAge.StartOf(measured.Run.ProcessId, time.GetUtcNow()).ToUnixTimeMilliseconds(),
        Version = measured.Version,
        Generation = measured.Generation,
        Again = again,
    });
}
