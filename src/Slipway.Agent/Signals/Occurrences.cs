using Slipway.Agent.Health;

namespace Slipway.Agent.Signals;

/// <summary>What happened to a service within a step, as opposed to what is looked at when it ends.</summary>
internal sealed class Occurrences
{
    private int probes;
    private int failures;
    private double healthyMilliseconds;

    public int Restarts { get; set; }

    public void Add(ProbeAnswer answer, TimeSpan took)
    {
        probes++;
        if (answer is ProbeAnswer.Healthy)
            healthyMilliseconds += took.TotalMilliseconds;
        else
            failures++;
    }

    public void Write(SignalRing ring, bool isRunning, bool asksHealth)
    {
        if (isRunning || Restarts > 0)
            ring.Set(SignalNames.Restarts, Restarts);
        if (!asksHealth && probes == 0)
            return;

        ring.Set(SignalNames.Probes, probes);
        ring.Set(SignalNames.ProbeFailures, failures);

        // A refused connection is quick and a time-out as long as it was given: neither is a time of the service.
        if (probes > failures)
            ring.Set(SignalNames.ProbeTime, healthyMilliseconds / (probes - failures));
    }
}
