using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Activating;

/// <summary>How an activation ended. Being cancelled by a newer generation is an OperationCanceledException, not an outcome.</summary>
internal abstract record ActivationOutcome(Timings Timings)
{
    public sealed record Healthy(Timings Timings) : ActivationOutcome(Timings);

    /// <param name="Code">One of the reason codes of ServiceStatus.</param>
    /// <param name="Reason">One sentence for a person.</param>
    /// <param name="Evidence">The last lines of the service's output.</param>
    public sealed record Failed(string Code, string Reason, IReadOnlyList<string> Evidence, Timings Timings) : ActivationOutcome(Timings);
}
