using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Activating;
using Slipway.Agent.Preparing;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Convergence;

/// <summary>
/// Brings one service to what the newest generation asks for. One thing at a time: a newer generation cancels what is under way and takes its place.
/// </summary>
internal sealed partial class ServiceWorker(ServiceName service, ServiceRecord known, WorkerContext context, ILogger<ServiceWorker> log)
{
    private readonly Lock gate = new();
    private readonly Channel<byte> pokes = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly VersionFolders folders = new(context.Data.Service(service));
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServiceRecord record = known;
    private Work? wanted;
    private CancellationTokenSource? acting;
    private Timings timings = new();
    private (bool IsWell, int Restarts)? looked;
    private bool found;
    private IReadOnlyList<string> preparedVersions = [];
    private string? preparedAhead;
    private ulong keptGeneration = known.Generation;
    private TaskCompletionSource kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceName Service => service;

    /// <summary>Completes when what an earlier agent process left behind was found again, or not.</summary>
    public Task Settled => settled.Task;

    public ulong Generation
    {
        get
        {
            lock (gate)
                return record.Generation;
        }
    }

    public void Assign(Assign assign)
    {
        lock (gate)
        {
            switch (AssignmentRules.Judge(record, assign))
            {
                case Judgement.Ignore:
                    LogStale(service, assign.Generation, record.Generation);
                    return;
                case Judgement.Accept:
                    Accept(assign, restart: false, record.RestartCause);
                    return;
            }
        }

        Report();
    }

    public void Restart(Restart restart)
    {
        lock (gate)
        {
            if (AssignmentRules.Judge(record, restart) == Judgement.Accept)
            {
                var again = record.Assigned!;
                (again.Generation, again.Cause) = (restart.Generation, restart.Cause);
                Accept(again, restart: true, restart.Cause);
                return;
            }
        }

        Report();
    }

    /// <summary>The service's life in this process: finds what was left behind, then converges whenever there is something new.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        DeleteLeftovers();
        RefreshPrepared();
        await GuardAsync(RecoverAsync, cancellation);
        found = true;
        settled.TrySetResult();
        while (!cancellation.IsCancellationRequested)
        {
            await ((Task)pokes.Reader.ReadAsync(cancellation).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (TakeWanted(cancellation) is { } work)
                await GuardAsync(token => ConvergeAsync(work, token), work.Stop.Token);
            if (!cancellation.IsCancellationRequested)
                Sweep();
        }
    }

    /// <summary>Completes when the newest accepted generation is on the disk.</summary>
    public async Task KeptAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (record.Generation <= keptGeneration)
                    return;

                wait = kept.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    private void Accept(Assign assign, bool restart, string restartCause)
    {
        LogAccepted(service, assign.Generation, assign.Release?.Version ?? "nothing", assign.Cause);
        record = record.Accept(assign, context.Time.GetUtcNow()) with { RestartCause = restartCause };
        timings = new();
        wanted = new(assign, restart, record);
        acting?.Cancel();
        Poke();
    }

    private Work? TakeWanted(CancellationToken cancellation)
    {
        lock (gate)
        {
            var work = wanted;
            wanted = null;
            acting?.Dispose();
            acting = work is null ? null : work.Stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            return work;
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> act, CancellationToken cancellation)
    {
        try
        {
            await act(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer generation, or the agent stops. The state file says how far it got.
        }
        catch (Exception e)
        {
            LogBroken(e, service);
            Finish(ServiceState.Failed, DiskFull.Is(e) ? "disk_full" : "start_failed", $"The agent could not do it: {e.Message}", []);
        }
    }

    private async Task ConvergeAsync(Work work, CancellationToken cancellation)
    {
        var saved = Task.Run(() => SaveAccepted(work.Accepted), CancellationToken.None);
        if (work.Assign.Release is not { } release)
        {
            await saved;
            await StopAsync(cancellation);
            return;
        }

        PrepareOutcome outcome;
        try
        {
            outcome = await PrepareAsync(release, cancellation);
        }
        finally
        {
            // Also when cancelled: the next one's record must not be overtaken by this one.
            await saved;
        }

        cancellation.ThrowIfCancellationRequested();
        switch (outcome)
        {
            case PrepareOutcome.Failed(var code, var reason, var evidence):
                Finish(ServiceState.Failed, code, reason, evidence);
                break;
            case PrepareOutcome.Prepared(var folder, _) when !work.Restart && Runs(work.Assign, folder):
                Finish(ServiceState.Healthy, "", "", []);
                break;
            case PrepareOutcome.Prepared prepared:
                await ActivateAsync(work.Assign, prepared, cancellation);
                break;
        }
    }

    /// <summary>
    /// On the disk before the server hears of it and before anything that runs is touched. Preparing need not wait for that: it touches nothing.
    /// </summary>
    private void SaveAccepted(ServiceRecord accepted)
    {
        context.State.Save(service, accepted);
        lock (gate)
        {
            keptGeneration = Math.Max(keptGeneration, accepted.Generation);
            kept.TrySetResult();
            kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Report();
    }

    private async Task<PrepareOutcome> PrepareAsync(Release release, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        var port = PortOf(release);
        var outcome = context.Preparations.FindPrepared(release, port)
            ?? await context.Preparations.PrepareAsync(release, port, _ => { }, cancellation);
        var took = Milliseconds(started);
        lock (gate)
            timings.PrepareMs = took;

        RefreshPrepared();
        return outcome;
    }

    private async Task ActivateAsync(Assign assign, PrepareOutcome.Prepared prepared, CancellationToken cancellation)
    {
        var activation = Activation(assign, prepared);
        var outcome = await context.Activator.ActivateAsync(activation, Enter, cancellation);
        lock (gate)
        {
            var prepareMs = timings.PrepareMs;
            timings = outcome.Timings.Clone();
            timings.PrepareMs = prepareMs;
        }

        switch (outcome)
        {
            case ActivationOutcome.Healthy:
                Activated(assign, prepared.Folder);
                Finish(ServiceState.Healthy, "", "", [], writeFirst: assign.RestartGeneration == assign.Generation);
                break;
            case ActivationOutcome.Failed(var code, var reason, var evidence, _):
                Finish(ServiceState.Failed, code, reason, evidence);
                break;
        }
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        Enter(ServiceState.Stopping);
        var last = record.LastActivated?.Release ?? new Release { Service = service.Value, Spec = new() };
        try
        {
            await context.Activator.StopAsync(service, last, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Finish(ServiceState.Failed, "stop_failed", $"The service could not be stopped: {e.Message}", []);
            return;
        }

        lock (gate)
            record = record with { Activated = null, ActivatedFolder = null, PreviousFolder = record.ActivatedFolder ?? record.PreviousFolder };
        Finish(ServiceState.Stopped, "", "", []);
    }

    /// <summary>This very release already runs, is well and nobody wants it restarted, so a restart would only cost.</summary>
    private bool Runs(Assign assign, string folder) =>
        record.ActivatedFolder == folder && record.LastActivated is { } last && last.Release?.Equals(assign.Release) == true
        && AssignmentRules.IsStartedFor(last, assign)
        && context.Activator.Find(service) is { State: ServiceState.Healthy } running && running.Version.Value == assign.Release.Version;

    private Activation Activation(Assign assign, PrepareOutcome.Prepared prepared) => new(
        service, assign.Generation, assign.Release, prepared.Folder, folders.Current, prepared.Environment, PortOf(assign.Release));

    private void Activated(Assign assign, string folder)
    {
        lock (gate)
        {
            record = record with
            {
                Activated = assign.ToByteArray(),
                ActivatedFolder = folder,
                PreviousFolder = record.ActivatedFolder is { } before && before != folder ? before : record.PreviousFolder,
            };
            LogActivated(service, assign.Release.Version, assign.Generation);
        }
    }

    private void Poke() => pokes.Writer.TryWrite(0);

    private uint PortOf(Release release)
    {
        if (Ports.Given(release, context.Identity.Labels) is > 0 and var given)
            return given;

        lock (gate)
        {
            if (record.ChosenPort == 0)
            {
                record = record with { ChosenPort = Ports.Choose(context.State.ChosenPorts(), context.Random) };
                context.State.Save(service, record);
            }

            return record.ChosenPort;
        }
    }

    private int Milliseconds(long since) => (int)context.Time.GetElapsedTime(since).TotalMilliseconds;

    /// <summary>Something to do, and the record that has to be on disk before.</summary>
    private sealed record Work(Assign Assign, bool Restart, ServiceRecord Accepted)
    {
        public CancellationTokenSource Stop { get; set; } = new();
    }
}
