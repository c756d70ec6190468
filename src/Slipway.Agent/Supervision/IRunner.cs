using Slipway.Agent.Activating;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Supervision;

/// <summary>Starts services one way: as own processes, or as systemd units.</summary>
internal interface IRunner
{
    /// <summary>The folder `current` points at the version already.</summary>
    Task<StartOutcome> StartAsync(Activation activation, CancellationToken cancellation);

    /// <summary>What an earlier agent process started and that still runs, or null.</summary>
    /// <param name="activation">What to start it by when it crashes; null when it is only going to be stopped.</param>
    Task<IServiceRun?> FindAsync(ServiceName service, RunRecord record, Activation? activation, CancellationToken cancellation);
}
