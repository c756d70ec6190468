using Slipway.Agent.Balancing;
using Slipway.Agent.Health;
using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Activating;

/// <summary>
/// The way of one version to being what runs. Cancelled at any point by a newer generation, it leaves the slot holding whatever runs
/// by then, and the next activation begins with draining and stopping that.
/// </summary>
internal sealed class OneActivation(ServiceSlot slot, Activation activation, Action<ServiceState> entered, Tools tools)
{
    /// <summary>One that never got healthy has no requests to finish.</summary>
    private static readonly TimeSpan GraceOfAFailed = TimeSpan.FromSeconds(5);

    private readonly ServiceSpec spec = activation.Release.Spec;
    private readonly IHealthProbe probe = tools.ProbeOf(activation);
    private readonly Timings timings = new();
    private long logAtStart;

    public async Task<ActivationOutcome> RunAsync(CancellationToken cancellation)
    {
        var drained = await DrainAsync(cancellation);
        if (!await StopAsync(cancellation))
            return Failed("stop_failed", $"{activation.Service} did not end, not even by SIGKILL: the version that ran still runs.", []);

        if (await StartAsync(cancellation) is { } refused)
            return Failed(refused.Code, refused.Reason, slot.Evidence(logAtStart));

        var gate = new HealthGate(probe, HealthTimes.Of(spec.Health), slot.Run!.Ended, slot.Run.EndedCode, tools.Time);
        if (await CheckHealthAsync(gate, cancellation) is GateVerdict.Failed unhealthy)
            return await GiveUpAsync(unhealthy, cancellation);
        if (await gate.SettleAsync(cancellation) is GateVerdict.Failed unsettled)
            return await GiveUpAsync(unsettled, cancellation);

        await UndrainAsync(drained, cancellation);
        return new ActivationOutcome.Healthy(timings);
    }

    /// <returns>How long balancers were given to notice.</returns>
    private async Task<TimeSpan> DrainAsync(CancellationToken cancellation)
    {
        var begun = tools.Time.GetTimestamp();
        await slot.StopWatchingAsync();
        if (slot.Run is null || slot.Readiness != Readiness.Ready)
            return TimeSpan.Zero;

        var drain = new Draining(spec.Drain, tools.HasBalancer, tools.Time);
        await slot.DrainAsync(drain, () => entered(ServiceState.Draining), cancellation);
        timings.DrainMs = Since(begun);
        return drain.Noticed;
    }

    private async Task<bool> StopAsync(CancellationToken cancellation)
    {
        var begun = tools.Time.GetTimestamp();
        if (slot.Run is { } run)
        {
            Enter(ServiceState.Stopping);

            // No longer draining: cancelled from here on, the next activation goes on stopping without another drain.
            slot.Tell(Readiness.Down);
            if (!await run.StopAsync((slot.Running?.Release.Spec ?? spec).Stop, graceAtMost: null, cancellation))
                return false;
            slot.LetGo();
        }

        slot.Tell(Readiness.Starting);
        timings.StopMs = Since(begun);
        return true;
    }

    private async Task<StartOutcome.Refused?> StartAsync(CancellationToken cancellation)
    {
        Enter(ServiceState.Starting);
        var outcome = await SwitchAndStartAsync(cancellation);
        if (outcome is StartOutcome.Started started)
        {
            slot.Hold(started.Run, activation, record: null);
            return null;
        }

        slot.Tell(Readiness.Down);
        slot.State = ServiceState.Failed;
        return (StartOutcome.Refused)outcome;
    }

    private async Task<StartOutcome> SwitchAndStartAsync(CancellationToken cancellation)
    {
        try
        {
            CurrentVersion.Switch(slot.Folder, activation.VersionFolder);
            slot.Logs.RotateIfTooLarge(spec.Logs);
            logAtStart = slot.Logs.Length;
            return await tools.RunnerOf(spec).StartAsync(activation, cancellation);
        }
        catch (IOException e)
        {
            const int noSpaceLeft = 28;
            return new StartOutcome.Refused(e.HResult == noSpaceLeft ? "disk_full" : "start_failed", $"The version could not be put in place: {e.Message}");
        }
    }

    private async Task<GateVerdict> CheckHealthAsync(HealthGate gate, CancellationToken cancellation)
    {
        var begun = tools.Time.GetTimestamp();
        Enter(ServiceState.Checking);
        var verdict = await gate.BecomeHealthyAsync(cancellation);
        timings.StartMs = Since(begun);
        return verdict;
    }

    /// <summary>
    /// A balancer needs as long to take the instance in as it was given to take it out. Without that wait the next instance of a rolling
    /// deployment would be taken out while nobody sends requests to this one yet.
    /// </summary>
    private async Task UndrainAsync(TimeSpan drained, CancellationToken cancellation)
    {
        slot.Watch(probe, ProbeAnswer.Healthy.Instance);
        if (drained > TimeSpan.Zero)
            await Task.Delay(drained, tools.Time, cancellation);
    }

    /// <summary>What failed is stopped at once, so that it does not crash on and on; whether to go back is the server's to say.</summary>
    private async Task<ActivationOutcome> GiveUpAsync(GateVerdict.Failed verdict, CancellationToken cancellation)
    {
        slot.Tell(Readiness.Down);
        var evidence = await EvidenceAsync(cancellation);
        var stopped = await slot.Run!.StopAsync(spec.Stop, GraceOfAFailed, cancellation);
        slot.State = ServiceState.Failed;
        if (stopped)
            slot.LetGo();
        return Failed(verdict.Code, verdict.Reason, evidence);
    }

    private async Task<IReadOnlyList<string>> EvidenceAsync(CancellationToken cancellation)
    {
        if (spec.RunnerCase != ServiceSpec.RunnerOneofCase.Unit)
            return slot.Evidence(logAtStart);

        List<string> lines = [];
        await tools.Systemd.TailAsync(spec.Unit.Name, 50, follow: false, Add, cancellation);
        return lines;

        ValueTask Add(IReadOnlyList<string> more)
        {
            lines.AddRange(more);
            return ValueTask.CompletedTask;
        }
    }

    private void Enter(ServiceState state)
    {
        slot.State = state;
        entered(state);
    }

    private ActivationOutcome.Failed Failed(string code, string reason, IReadOnlyList<string> evidence) => new(code, reason, evidence, timings);

    private int Since(long timestamp) => (int)tools.Time.GetElapsedTime(timestamp).TotalMilliseconds;
}
