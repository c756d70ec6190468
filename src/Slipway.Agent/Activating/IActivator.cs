using Slipway.Agent.Signals;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

/// <summary>What convergence may do to the services of this instance. Calls for one service never overlap; calls for several do.</summary>
internal interface IActivator : IAsyncDisposable
{
    /// <summary>
    /// Drains and stops what runs, switches the `current` symlink atomically, starts, health-checks, settles and undrains.
    /// </summary>
    /// <param name="entered">Called at each state the service enters.</param>
    /// <param name="cancellation">Cancelled when a newer generation takes over; leaves what runs to the next call.</param>
    Task<ActivationOutcome> ActivateAsync(Activation activation, Action<ServiceState> entered, CancellationToken cancellation);

    /// <summary>A service an earlier agent process left behind: true if this very version still runs, supervised again without a restart.</summary>
    Task<bool> AdoptAsync(Activation activation, CancellationToken cancellation);

    /// <summary>True where this very version was being kept up when an earlier agent process ended, whether or not it runs now.</summary>
    bool WasKeptUp(Activation activation);

    /// <summary>What was left behind has been found: balancers may ask now.</summary>
    void AnswerBalancers();

    /// <summary>Drains, stops, and keeps it stopped.</summary>
    Task StopAsync(ServiceName service, Release release, CancellationToken cancellation);

    RunningService? Find(ServiceName service);

    /// <summary>Health, restarts or readiness of a service changed outside an activation.</summary>
    event Action<ServiceName>? Changed;

    /// <summary>Sends the last lines of the service's output, then new ones while <paramref name="follow"/>.</summary>
    /// <returns>Null, or why it ended early: "no_such_service", "dropped".</returns>
    Task<string?> TailAsync(ServiceName service, int lines, bool follow, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation);

    /// <summary>Runs a command beside a service: its folder, user and environment. What goes wrong is said in the answer.</summary>
    Task<CommandEnded> RunCommandAsync(RunCommand request, CancellationToken cancellation);

    /// <summary>Measures the services, step by step, until cancelled.</summary>
    Task MeasureAsync(CancellationToken cancellation);

    /// <summary>What was measured of a service, whether or not it runs now.</summary>
    SignalHistory SignalsOf(ServiceName service);

    // DisposeAsync lets go of the services without stopping them: they outlive the agent.
}
