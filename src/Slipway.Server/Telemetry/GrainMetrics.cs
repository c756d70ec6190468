using System.Diagnostics.Metrics;
using Prometheus;

namespace Slipway.Server.Telemetry;

/// <summary>How many grains Orleans holds active in this process, from its own meter, by the kind of grain.</summary>
internal sealed class GrainMetrics : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Gauge activations;

    public GrainMetrics(IMetricFactory metrics, IMeterFactory meters)
    {
        activations = metrics.CreateGauge("slipway_grain_activations", "Grains that are active on this server, by kind.", ["grain"]);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // Several servers may live in one process (in tests they do): each has a factory of its own.
            if (instrument.Meter.Name == "Microsoft.Orleans" && instrument.Name == "orleans-grains" && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, measurement, tags, _) => Change(measurement, tags));
    }

    public void Start() => listener.Start();

    public void Dispose() => listener.Dispose();

    private void Change(int by, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "grain_type" && value is string kind)
                activations.WithLabels(kind).Inc(by);
        }
    }
}
