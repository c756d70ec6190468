using Prometheus;
using Slipway.Server.Engine;

namespace Slipway.Server.Telemetry;

/// <summary>How long it takes until readers of the stream of changes are offered an event. In whole milliseconds, as events keep their times.</summary>
internal sealed class EventLag(IMetricFactory metrics, SteadyClock clock)
{
    private readonly Histogram lag = metrics.CreateHistogram(
        "slipway_event_lag_seconds",
        "From an event being written to readers of the stream of changes being offered it.",
        new HistogramConfiguration { Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public void Offered(DateTimeOffset written) => lag.Observe(Math.Max(0, (clock.Now - written).TotalSeconds));
}
