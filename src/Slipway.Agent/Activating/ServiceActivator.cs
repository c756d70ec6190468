using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Agent.Balancing;
using Slipway.Agent.Health;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Signals;
using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

/// <summary>Runs the services of this instance.</summary>
internal sealed class ServiceActivator : IActivator
{
    private readonly ConcurrentDictionary<ServiceName, ServiceSlot> slots = new();
    private readonly DataFolder data;
    private readonly Tools tools;
    private readonly ReadinessBoard board = new();
    private readonly BalancerEndpoint? endpoint;
    private readonly SignalMeter meter;
    private readonly ILogger log;

    public ServiceActivator(DataFolder data, ActivatorSettings settings, TimeProvider time, ILogger<ServiceActivator>? log = null)
    {
        this.data = data;
        this.log = log ?? NullLogger<ServiceActivator>.Instance;
        tools = new(data, settings, time);
        meter = new(() => slots.Values.Select(slot => slot.Signals), time, this.log);
        endpoint = settings.Balancer is { } address ? new(address, board) : null;
    }

    public event Action<ServiceName>? Changed;

    /// <summary>Where balancers ask; its port is chosen when the settings say 0.</summary>
    public IPEndPoint? BalancerAddress => endpoint?.Address;

    public async Task<ActivationOutcome> ActivateAsync(Activation activation, Action<ServiceState> entered, CancellationToken cancellation)
    {
        var slot = Slot(activation.Service);
        using var turn = await slot.EnterAsync(cancellation);
        await TakeOverAsync(slot, cancellation);
        if (WhyItCannotStart(activation) is { } reason)
            return new ActivationOutcome.Failed("start_failed", reason, [], new());

        return await new OneActivation(slot, activation, entered, tools).RunAsync(cancellation);
    }

    public async Task<bool> AdoptAsync(Activation activation, CancellationToken cancellation)
    {
        var slot = Slot(activation.Service);
        using var turn = await slot.EnterAsync(cancellation);
        if (KeptUp(slot, activation) is not { } record)
            return false;
        if (await tools.RunnerOf(record).FindAsync(activation.Service, record, activation, cancellation) is not { } run)
            return false;

        slot.Hold(run, activation, record);
        var probe = tools.ProbeOf(activation);
        slot.Watch(probe, await probe.AskAsync(HealthTimes.Of(activation.Release.Spec.Health).Timeout, cancellation));
        return true;
    }

    public bool WasKeptUp(Activation activation) => KeptUp(Slot(activation.Service), activation) is not null;

    public void AnswerBalancers() => endpoint?.Open();

    public async Task StopAsync(ServiceName service, Release release, CancellationToken cancellation)
    {
        var slot = Slot(service);
        using var turn = await slot.EnterAsync(cancellation);
        await TakeOverAsync(slot, cancellation);
        await slot.StopWatchingAsync();
        if (slot.Run is { } run)
        {
            await slot.DrainAsync(new(release.Spec?.Drain, tools.HasBalancer, tools.Time), () => { }, cancellation);
            slot.State = ServiceState.Stopping;
            if (!await run.StopAsync(release.Spec?.Stop ?? slot.Running?.Release.Spec.Stop, graceAtMost: null, cancellation))
                throw new IOException($"{service} did not end, not even by SIGKILL.");
            slot.LetGo();
        }

        slot.State = ServiceState.Stopped;
        board.Remove(service.Value);
    }

    public RunningService? Find(ServiceName service) => slots.TryGetValue(service, out var slot) ? slot.Describe() : null;

    public async Task<string?> TailAsync(
        ServiceName service, int lines, bool follow, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation)
    {
        var slot = Slot(service);
        if (slot.RunFile.Load()?.Unit is { } unit)
        {
            await tools.Systemd.TailAsync(unit, lines, follow, send, cancellation);
            return null;
        }

        if (slot.Run is null && !File.Exists(slot.Logs.Path))
            return "no_such_service";

        var past = LogTail.Read(slot.Logs, lines, out var end, out var rotations);
        if (past.Count > 0)
            await send(past);
        if (follow)
            await new LogFollower(slot.Logs, tools.Time).FollowAsync(end, rotations, send, cancellation);
        return null;
    }

    public Task<CommandEnded> RunCommandAsync(RunCommand request, CancellationToken cancellation)
    {
        var slot = ServiceName.TryParse(request.Service, out var service) ? slots.GetValueOrDefault(service) : null;
        return slot is null
            ? Task.FromResult(new CommandEnded { Run = request.Run, Trouble = $"does not run {request.Service}" })
            : BesideService.RunAsync(request, slot.Running, tools, slot, cancellation);
    }

    public Task MeasureAsync(CancellationToken cancellation) => meter.RunAsync(cancellation);

    public SignalHistory SignalsOf(ServiceName service) => Slot(service).Signals.History;

    public async ValueTask DisposeAsync()
    {
        if (endpoint is not null)
            await endpoint.DisposeAsync();
        foreach (var slot in slots.Values)
            await slot.DisposeAsync();
        tools.Dispose();
    }

    /// <summary>What an earlier agent process left running is held like one's own, to be drained and stopped.</summary>
    private async Task TakeOverAsync(ServiceSlot slot, CancellationToken cancellation)
    {
        if (slot.Run is not null || slot.RunFile.Load() is not { } record)
            return;

        if (await tools.RunnerOf(record).FindAsync(slot.Service, record, activation: null, cancellation) is { } run)
        {
            slot.Hold(run, activation: null, record);
            slot.Tell(record.Activated ? Readiness.Ready : Readiness.Down);
        }
    }

    /// <summary>Found before the version that runs is touched: that one goes on.</summary>
    private string? WhyItCannotStart(Activation activation)
    {
        if (activation.Release.Spec.RunnerCase != ServiceSpec.RunnerOneofCase.Command)
            return null;

        var folder = data.Service(activation.Service);
        CommandLine.Build(activation.Release.Spec.Command, activation, folder, LogFiles.Current(folder), run: "", out var failure);
        return failure;
    }

    private ServiceSlot Slot(ServiceName service) => slots.GetOrAdd(
        service, name => new(name, data.Service(name), board, changed => Changed?.Invoke(changed), tools, log));

    private static RunRecord? KeptUp(ServiceSlot slot, Activation activation) =>
        slot.RunFile.Load() is { Activated: true } record && IsOf(record, activation) && CurrentVersion.Is(slot.Folder, activation.VersionFolder) ? record : null;

    private static bool IsOf(RunRecord record, Activation activation) =>
        record.Generation == activation.Generation
        && record.Version == activation.Release.Version
        && record.ConfigRevision == activation.Release.ConfigRevision;
}
