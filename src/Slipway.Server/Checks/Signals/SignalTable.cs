using Slipway.Contracts.Services;
using Slipway.Judging;

namespace Slipway.Server.Checks.Signals;

/// <summary>What the signals of agents are, and which change of them is bad. docs/signals.md says it to users.</summary>
internal static class SignalTable
{
    public const string Restarts = "restarts";
    public const string NewErrors = "newErrors";

    /// <summary>
    /// In the order in which they are told. What every service has is asked for even where it says nothing; the rest only where it was measured.
    /// disk counts what is read after a start too, so it has to grow by much. network is the whole instance's: a backup that runs beside the service is not the version's
    /// doing, and so it is measured and not judged.
    /// </summary>
    private static readonly Signal[] Known =
    [
        new(Restarts, "Restarts by itself", null, MetricKind.Count, Direction.Increase),
        new(NewErrors, "Errors of new kinds", null, MetricKind.Novelty, Direction.Increase),
        new("requestErrors", "Failed requests", null, MetricKind.Count, Direction.Increase) { Exposure = "requests" },
        new("errors", "Lines of error", null, MetricKind.Count, Direction.Increase),
        new("warnings", "Warnings", null, MetricKind.Count, Direction.Increase),
        new("probeFailures", "Failed health probes", null, MetricKind.Count, Direction.Increase) { Exposure = "probes" },
        new("requestTimeHigh", "Slowest requests (p99)", "ms", MetricKind.Duration, Direction.Increase),
        new("requestTime", "Time of requests", "ms", MetricKind.Duration, Direction.Increase),
        new("probeTime", "Time of health probes", "ms", MetricKind.Duration, Direction.Increase) { MinimumEffect = 0.5 },
        new("requests", "Requests", null, MetricKind.Level, Direction.Decrease),
        new("cpu", "CPU", "cores", MetricKind.Ratio, Direction.Increase),
        new("memory", "Memory", "bytes", MetricKind.Level, Direction.Increase),
        new("threads", "Threads", null, MetricKind.Level, Direction.Increase),
        new("files", "Open files", null, MetricKind.Level, Direction.Increase),
        new("disk", "Disk", "bytes/s", MetricKind.Level, Direction.Increase) { MinimumEffect = 1 },
    ];

    /// <summary>Those that were measured, and the service's own that it has named.</summary>
    public static IReadOnlyList<Signal> Of(IReadOnlySet<string> measured, IReadOnlyCollection<string> ignored)
    {
        var own = measured.Where(name => name.StartsWith(JudgedSignals.Own, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Signal(name, name[JudgedSignals.Own.Length..], null, MetricKind.Level, Direction.Either));
        return [.. Known.Where(signal => signal.Name == NewErrors ? measured.Contains("errors") : measured.Contains(signal.Name)).Concat(own).Where(signal => !ignored.Contains(signal.Name))];
    }
}
