using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>Fills the live view from the database before anything else starts (but after the schema is there).</summary>
internal sealed class FleetLoad(FleetReader reader, LiveFleet fleet) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await reader.ReadAsync(names: null, cancellationToken))
            fleet.Put(FleetRows.ToInstance(stored));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
