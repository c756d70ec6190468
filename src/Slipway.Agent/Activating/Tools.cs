using Slipway.Agent.Health;
using Slipway.Agent.Identity;
using Slipway.Agent.Supervision;
using Slipway.Agent.Supervision.Systemd;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Activating;

/// <summary>What activations of all services share.</summary>
internal sealed class Tools(DataFolder data, ActivatorSettings settings, TimeProvider time) : IDisposable
{
    private readonly ExitWatcher exits = new();

    public ISystemd Systemd { get; } = new Systemctl(settings.Systemctl, settings.Journalctl);

    public TimeProvider Time { get; } = time;

    public bool HasBalancer { get; } = settings.Balancer is not null;

    public IRunner RunnerOf(ServiceSpec spec) => Runner(spec.RunnerCase == ServiceSpec.RunnerOneofCase.Unit);

    public IRunner RunnerOf(RunRecord record) => Runner(record.Unit is not null);

    public IHealthProbe ProbeOf(Activation activation) => HealthProbes.Of(activation, data.Service(activation.Service), exits, Time);

    /// <summary>Runs a command beside a service, once.</summary>
    public Task<CommandResult> RunAsync(Command command, Activation activation, string output, TimeSpan within, CancellationToken cancellation) =>
        OneCommand.RunAsync(command, activation, data.Service(activation.Service), output, within, exits, Time, cancellation);

    public void Dispose() => exits.Dispose();

    private IRunner Runner(bool isUnit) => isUnit ? new UnitRunner(data, Systemd, Time) : new ProcessRunner(data, exits, Time);
}
