using Slipway.Agent.Activating;
using Slipway.Agent.Preparing;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>How a service stands, told at every change.</summary>
internal sealed partial class ServiceWorker
{
    /// <summary>Prepares ahead of an Assign, beside whatever else this service does.</summary>
    public async Task PrepareAheadAsync(Prepare prepare, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        var total = prepare.Release.Artifact?.Size ?? 0;
        var status = new PrepareStatus
        {
            Service = service.Value,
            Version = prepare.Release.Version,
            ConfigRevision = prepare.Release.ConfigRevision,
            State = PrepareState.PrepareRunning,
            BytesTotal = total,
            Cause = prepare.Cause,
        };
        try
        {
            var outcome = await context.Preparations.PrepareAsync(
                prepare.Release, PortOf(prepare.Release), done => Send(status, s => s.BytesDone = done), cancellation);
            if (outcome is PrepareOutcome.Prepared(var folder, _))
                preparedAhead = folder;

            if (RefreshPrepared())
                Report();

            Send(status, s => Fill(s, outcome, Milliseconds(started)));
            Poke();
        }
        catch (OperationCanceledException)
        {
            // The agent stops; asked again after the next start.
        }
        catch (Exception e)
        {
            LogBroken(e, service);
            Send(status, s => Fill(s, new PrepareOutcome.Failed("download_failed", $"The agent could not do it: {e.Message}", []), Milliseconds(started)));
        }
    }

    public ServiceStatus Status()
    {
        var running = context.Activator.Find(service);
        lock (gate)
        {
            LookAt(running);
            var assigned = record.Assigned;
            var status = new ServiceStatus
            {
                Service = service.Value,
                Generation = record.Generation,
                State = record.Phase,
                Version = assigned?.Release?.Version ?? "",
                ConfigRevision = assigned?.Release?.ConfigRevision ?? 0,
                RunningVersion = running?.Version.Value ?? "",
                ReasonCode = record.ReasonCode,
                Reason = record.Reason,
                Evidence = { record.Evidence },
                Cause = assigned?.Cause ?? "",
                Since = record.Since.ToUnixTimeMilliseconds(),
                ProcessId = running?.ProcessId ?? 0,
                Port = running?.Port ?? 0,
                Restarts = running?.Restarts ?? 0,
                PreparedVersions = { preparedVersions },
                Timings = timings.Clone(),
                Ready = running?.Ready ?? false,
            };
            if (record.Phase == ServiceState.Healthy && running is not { State: ServiceState.Healthy })
                AddTrouble(status, running);

            return status;
        }
    }

    public void Report() => context.Outbox.Put(new ToServer { Status = Status() });

    /// <summary>
    /// What is healthy is so since it last was not, or was started again: asked for at every change, so that none is missed, however soon it is over. Written
    /// down, so that it is still known when the agent itself is started again.
    /// </summary>
    private void LookAt(RunningService? running)
    {
        // As long as it is being looked for what was left behind, that it is not there says nothing.
        if (record.Phase != ServiceState.Healthy || !found)
        {
            looked = null;
            return;
        }

        var before = looked;
        var now = (IsWell: running is { State: ServiceState.Healthy }, Restarts: running?.Restarts ?? 0);
        looked = now;
        if (now != (before ?? (true, now.Restarts)))
            record = record with { Since = context.Time.GetUtcNow() };
        else if (before is null && running?.FoundStartedAt > record.Since)
            record = record with { Since = running.FoundStartedAt.Value };
        else
            return;

        Save(record);
    }

    private static void AddTrouble(ServiceStatus status, RunningService? running)
    {
        status.State = ServiceState.Unhealthy;
        status.ReasonCode = running?.ReasonCode is { Length: > 0 } code ? code : "exited";
        status.Reason = running?.Reason is { Length: > 0 } reason ? reason : "The service does not run.";
        if (running is not null)
            status.Evidence.Add(running.Evidence);
    }

    private void Enter(ServiceState state)
    {
        lock (gate)
        {
            // Of an activation that a newer generation has just cancelled.
            if (wanted is not null)
                return;

            record = record with { Phase = state, Since = context.Time.GetUtcNow() };
        }

        Report();
    }

    /// <summary>Tells it first and writes it down then: were it lost, the agent would find the same by looking again.</summary>
    /// <param name="writeFirst">A restart that was told as done must not be done again by an agent that died before it wrote it down.</param>
    private void Finish(ServiceState state, string code, string reason, IReadOnlyList<string> evidence, bool writeFirst = false)
    {
        ServiceRecord final;
        lock (gate)
        {
            if (wanted is not null)
                return;

            final = record = record with
            {
                Phase = state,
                ReasonCode = code,
                Reason = reason,
                Evidence = evidence,
                Since = context.Time.GetUtcNow(),
            };
        }

        if (state == ServiceState.Failed)
            LogFailed(service, final.Version, final.Generation, code, reason);

        if (!writeFirst)
            Report();

        Save(final);

        if (writeFirst)
            Report();
    }

    private void Save(ServiceRecord whole)
    {
        try
        {
            context.State.Save(service, whole);
        }
        catch (IOException e)
        {
            LogNotSaved(service, e.Message);
        }
    }

    private void Send(PrepareStatus status, Action<PrepareStatus> change)
    {
        var copy = status.Clone();
        change(copy);
        context.Outbox.Put(new ToServer { PrepareStatus = copy });
    }

    private static void Fill(PrepareStatus status, PrepareOutcome outcome, int milliseconds)
    {
        status.DurationMs = milliseconds;
        switch (outcome)
        {
            case PrepareOutcome.Prepared:
                (status.State, status.BytesDone) = (PrepareState.PrepareDone, status.BytesTotal);
                break;
            case PrepareOutcome.Failed(var code, var reason, _):
                (status.State, status.ReasonCode, status.Reason) = (PrepareState.PrepareFailed, code, reason);
                break;
        }
    }
}
