using Microsoft.Extensions.Logging;
using Slipway.Agent.Balancing;
using Slipway.Agent.Health;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals;
using Slipway.Agent.Signals.Processes;
using Slipway.Agent.Supervision;
using Slipway.Agent.Supervision.Systemd;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

/// <summary>Everything this agent holds of one service: what runs, who watches it, its log, what balancers are told of it.</summary>
internal sealed partial class ServiceSlot : IAsyncDisposable
{
    private const int EvidenceLines = 50;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ReadinessBoard board;
    private readonly Action<ServiceName> changed;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private ServiceWatch? watch;
    private ServiceWatch? watchedBefore;
    private DateTimeOffset? foundStartedAt;
    private IReadOnlyList<string> evidence = [];

    public ServiceSlot(ServiceName service, ServiceFolder folder, ReadinessBoard board, Action<ServiceName> changed, Tools tools, ILogger log)
    {
        (Service, Folder, this.board, this.changed, time, this.log) = (service, folder, board, changed, tools.Time, log);
        Logs = new(folder);
        RunFile = new(folder.Run);
        Signals = new(service.Value, Logs, new(tools.Systemd, time, LogUnread), time);
    }

    public ServiceName Service { get; }

    public ServiceFolder Folder { get; }

    public LogFiles Logs { get; }

    public RunFile RunFile { get; }

    public ServiceSignals Signals { get; }

    /// <summary>What runs, or null; with <see cref="Running"/>, which an earlier agent process may have taken with it.</summary>
    public IServiceRun? Run { get; private set; }

    public Activation? Running { get; private set; }

    public RunRecord? Record { get; private set; }

    public ServiceState State { get; set; } = ServiceState.Absent;

    public Readiness Readiness => board.Of(Service.Value);

    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public void Tell(Readiness readiness) => board.Set(Service.Value, readiness);

    public void Hold(IServiceRun run, Activation? activation, RunRecord? record)
    {
        (Run, Running, Record, watchedBefore) = (run, activation, record, null);
        evidence = [];
        foundStartedAt = record is null ? null : ProcessAge.StartOf(run.ProcessId, time.GetUtcNow());
        Signals.Begin(new(
            run,
            SignalSettings.Of(activation?.Release.Spec.Signals, activation?.Port ?? 0),
            activation?.Release.Version ?? record?.Version ?? "",
            activation?.Generation ?? record?.Generation ?? 0,
            run as IJournaled,
            IsFresh: record is null));
    }

    public void LetGo()
    {
        (Run, Running, Record, watchedBefore) = (null, null, null, null);
        Signals.End();
    }

    /// <summary>From now on the service is kept up and its health decides what balancers are told.</summary>
    public void Watch(IHealthProbe probe, ProbeAnswer first)
    {
        var spec = Running!.Release.Spec;
        Signals.Probing(probe is not ProcessHealth);
        watch = new(Run!, probe, HealthTimes.Of(spec.Health), new Ear(this, spec.Logs), time);
        watch.Begin(first);
        Show(watch);
    }

    public async Task StopWatchingAsync()
    {
        if (watch is null)
            return;

        await watch.DisposeAsync();
        Signals.Probing(false);
        (watchedBefore, watch) = (watch, null);
    }

    /// <summary>
    /// Balancers are to send no more. Cut short, what runs goes on as before: whatever cut it may never get as far as to replace it, and a drain
    /// begins from the beginning anyway.
    /// </summary>
    public async Task DrainAsync(Draining draining, Action begun, CancellationToken cancellation)
    {
        var (state, readiness) = (State, Readiness);
        State = ServiceState.Draining;
        begun();
        Tell(Readiness.Draining);
        try
        {
            await draining.WaitAsync(Describe()?.Port ?? 0, cancellation);
        }
        catch (OperationCanceledException)
        {
            State = state;
            Tell(readiness);
            if (watchedBefore is { } before)
                Watch(before.Probe, before.IsHealthy ? ProbeAnswer.Healthy.Instance : new ProbeAnswer.Unhealthy(before.Reason));

            throw;
        }
    }

    public RunningService? Describe()
    {
        var (run, running, record, watched) = (Run, Running, Record, watch);
        if (run is null || !VersionName.TryParse(running?.Release.Version ?? record?.Version, out var version))
            return null;

        return new()
        {
            Service = Service,
            Version = version,
            State = State,
            ProcessId = run.ProcessId,
            Port = running?.Port ?? record?.Port ?? 0,
            Restarts = run.Restarts,
            FoundStartedAt = foundStartedAt,
            Ready = Readiness == Readiness.Ready,
            ReasonCode = watched is { IsHealthy: false } ? watched.ReasonCode : "",
            Reason = watched is { IsHealthy: false } ? watched.Reason + "." : "",
            Evidence = watched is { IsHealthy: false } ? evidence : [],
        };
    }

    /// <summary>The last lines of the output since a place in the log.</summary>
    public IReadOnlyList<string> Evidence(long since = 0)
    {
        lock (Logs.Turn)
            return LogTail.Read(Logs.Path, EvidenceLines, since, long.MaxValue);
    }

    /// <summary>Lets go of the service without stopping it.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync();
        if (Run is not null)
            await Run.DisposeAsync();

        await Signals.DisposeAsync();
    }

    private void HealthChanged(ServiceWatch source)
    {
        if (source.IsHealthy)
        {
            LogHealthy(Service, Run?.ProcessId ?? 0, Run?.Restarts ?? 0);
        }
        else
        {
            evidence = Evidence();
            LogUnhealthy(Service, source.Reason);
        }

        Show(source);
        changed(Service);
    }

    private void Show(ServiceWatch source)
    {
        State = source.IsHealthy ? ServiceState.Healthy : ServiceState.Unhealthy;
        Tell(source.IsHealthy ? Readiness.Ready : Readiness.Down);
    }

    /// <summary>What the watch tells of this service.</summary>
    private sealed class Ear(ServiceSlot slot, LogRotation? rotation) : IWatchEar
    {
        public void Changed(ServiceWatch watch) => slot.HealthChanged(watch);

        public void StartedAgain() => slot.Signals.StartedAgain();

        public void Asked(ProbeAnswer answer, TimeSpan took) => slot.Signals.Answered(answer, took);

        public void IntervalEnded() => slot.Logs.RotateIfTooLarge(rotation);

        public void Troubled(Exception trouble) => slot.LogTrouble(trouble, slot.Service);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
