namespace Slipway.Agent.Signals.Metrics;

/// <summary>What a service's own metrics say of a step. NaN: nothing.</summary>
internal sealed record PageValues(double Requests, double RequestErrors, double RequestTime, double RequestTimeHigh, IReadOnlyList<(string Name, double Value)> Watched)
{
    public void Write(SignalRing ring)
    {
        ring.Set(SignalNames.Requests, Requests);
        ring.Set(SignalNames.RequestErrors, RequestErrors);
        ring.Set(SignalNames.RequestTime, RequestTime);
        ring.Set(SignalNames.RequestTimeHigh, RequestTimeHigh);
        foreach (var (name, value) in Watched)
            ring.Set(SignalNames.Metric(name), value);
    }
}
