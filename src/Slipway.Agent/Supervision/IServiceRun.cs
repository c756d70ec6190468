using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>A started service. Disposing lets go of it without stopping it.</summary>
internal interface IServiceRun : IAsyncDisposable
{
    /// <summary>0 while there is none.</summary>
    int ProcessId { get; }

    /// <summary>Starts since the activation that nobody asked for.</summary>
    int Restarts { get; }

    /// <summary>Completes when the service as it was started has ended, with the end of a sentence: "exited with code 3".</summary>
    Task<string> Ended { get; }

    /// <summary>The reason code that goes with an end: "exited" or "unit_failed".</summary>
    string EndedCode { get; }

    /// <summary>The activation ended well: from now on the service is started again when it ends. Called again, it only tells somebody else.</summary>
    /// <param name="changed">Called with the end of a sentence when it ended, with null when it was started again.</param>
    void KeepUp(Action<string?> changed);

    /// <summary>Stops it for good.</summary>
    /// <param name="graceAtMost">Shortens the grace of the service's settings, for one that never worked.</param>
    /// <returns>False when it could not be stopped.</returns>
    Task<bool> StopAsync(Stop? stop, TimeSpan? graceAtMost, CancellationToken cancellation);
}
