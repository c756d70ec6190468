using System.Collections.Concurrent;
using Slipway.Agent.Activating;
using Slipway.Agent.Signals;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>Pretends to run services. Lives longer than an agent, as processes do.</summary>
internal sealed class FakeActivator : IActivator
{
    private readonly ConcurrentDictionary<ServiceName, RunningService> running = new();
    private readonly ConcurrentDictionary<ServiceName, ulong> generations = new();
    private readonly ConcurrentDictionary<ServiceName, SignalHistory> signals = new();

    public event Action<ServiceName>? Changed;

    public ConcurrentQueue<Activation> Activations { get; } = new();

    public ConcurrentQueue<ServiceName> Stops { get; } = new();

    /// <summary>Decides how an activation ends, and when. Null: healthy at once.</summary>
    public Func<Activation, CancellationToken, Task<ActivationOutcome?>> OnActivate { get; set; } = (_, _) => Task.FromResult<ActivationOutcome?>(null);

    public async Task<ActivationOutcome> ActivateAsync(Activation activation, Action<ServiceState> entered, CancellationToken cancellation)
    {
        Activations.Enqueue(activation);
        entered(ServiceState.Starting);
        if (await OnActivate(activation, cancellation) is { } outcome)
        {
            running.TryRemove(activation.Service, out _);
            return outcome;
        }

        cancellation.ThrowIfCancellationRequested();
        var current = Path.Combine(Path.GetDirectoryName(activation.VersionFolder)!, "..", "current");
        File.Delete(current);
        File.CreateSymbolicLink(current, activation.VersionFolder);
        generations[activation.Service] = activation.Generation;
        running[activation.Service] = new()
        {
            Service = activation.Service,
            Version = VersionName.Parse(activation.Release.Version),
            State = ServiceState.Healthy,
            ProcessId = 4711,
            Port = activation.Port,
            Ready = true,
        };
        return new ActivationOutcome.Healthy(new() { StartMs = 1 });
    }

    public async Task<bool> AdoptAsync(Activation activation, CancellationToken cancellation)
    {
        Looking.TrySetResult();
        await Found.WaitAsync(cancellation);
        return running.TryGetValue(activation.Service, out var found) && found.Version.Value == activation.Release.Version
            && generations[activation.Service] == activation.Generation;
    }

    public bool WasKeptUp(Activation activation) => generations.TryGetValue(activation.Service, out var generation) && generation == activation.Generation;

    public bool AnswersBalancers { get; private set; }

    /// <summary>Completes when it is looked for what was left behind.</summary>
    public TaskCompletionSource Looking { get; } = new();

    /// <summary>Finding what was left behind takes until then.</summary>
    public Task Found { get; set; } = Task.CompletedTask;

    public void AnswerBalancers() => AnswersBalancers = true;

    public Task StopAsync(ServiceName service, Release release, CancellationToken cancellation)
    {
        Stops.Enqueue(service);
        running.TryRemove(service, out _);
        return Task.CompletedTask;
    }

    public RunningService? Find(ServiceName service) => running.GetValueOrDefault(service);

    /// <summary>The machine is switched off and on.</summary>
    public void LoseAll() => running.Clear();

    public void BecomeUnhealthy(ServiceName service, string reason)
    {
        running[service] = running[service] with { State = ServiceState.Unhealthy, ReasonCode = "exited", Reason = reason, Evidence = ["last words"] };
        Changed?.Invoke(service);
    }

    public void BecomeHealthy(ServiceName service)
    {
        running[service] = running[service] with { State = ServiceState.Healthy, ReasonCode = "", Reason = "", Evidence = [] };
        Tell(service);
    }

    /// <summary>It ended and was well again before anybody looked.</summary>
    public void StartAgain(ServiceName service)
    {
        running[service] = running[service] with { Restarts = running[service].Restarts + 1 };
        Tell(service);
    }

    /// <summary>The next agent finds a process that began then.</summary>
    public void WasFound(ServiceName service, DateTimeOffset startedAt) => running[service] = running[service] with { FoundStartedAt = startedAt };

    public void Tell(ServiceName service) => Changed?.Invoke(service);

    public async Task<string?> TailAsync(ServiceName service, int lines, bool follow, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation)
    {
        await send(["one", "two"]);
        if (follow)
            await Task.Delay(Timeout.Infinite, cancellation);
        return null;
    }

    public ConcurrentQueue<RunCommand> Commands { get; } = new();

    /// <summary>A command ends then.</summary>
    public Task CommandsEnd { get; set; } = Task.CompletedTask;

    public async Task<CommandEnded> RunCommandAsync(RunCommand request, CancellationToken cancellation)
    {
        Commands.Enqueue(request);
        await CommandsEnd.WaitAsync(cancellation);
        return new() { Run = request.Run, Code = 3, Output = { "no stock" } };
    }

    public Task MeasureAsync(CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    public SignalHistory SignalsOf(ServiceName service) => signals.GetOrAdd(service, _ => new());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
