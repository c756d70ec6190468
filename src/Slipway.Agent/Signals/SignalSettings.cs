using Slipway.Agent.Signals.Lines;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals;

/// <summary>How a service is measured, with what holds where it says nothing.</summary>
/// <param name="MetricsPort">0: it shows no metrics of its own.</param>
/// <param name="Watched">Metrics that are read besides those of requests.</param>
internal sealed record SignalSettings(int StepMs, uint MetricsPort, string MetricsPath, IReadOnlyList<string> Watched)
{
    public const int DefaultStepMs = 10_000;
    private const int ShortestStepMs = 1_000;
    private const int LongestStepMs = 60_000;
    private const int MostWatched = 32;
    private const int LongestName = 200;

    public static readonly SignalSettings Default = new(DefaultStepMs, 0, "", []);

    /// <summary>Lines that checks count.</summary>
    public IReadOnlyList<LineCount> Counted { get; init; } = [];

    /// <param name="port">The service's own.</param>
    public static SignalSettings Of(SignalSpec? spec, uint port)
    {
        if (spec is null)
            return Default;

        var step = spec.StepMs == 0 ? DefaultStepMs : Math.Clamp(spec.StepMs, ShortestStepMs, LongestStepMs);
        IReadOnlyList<LineCount> counted = [.. spec.Counts.Where(count => count.Name.Length is > 0 and <= LongestName).Take(LineCounts.Most)];
        if (spec.Metrics is not { } page)
            return Default with { StepMs = step, Counted = counted };

        var watched = page.Watch.Where(name => name.Length is > 0 and <= LongestName).Distinct(StringComparer.Ordinal).Take(MostWatched);
        return new(step, page.Port != 0 ? page.Port : port, page.Path.StartsWith('/') ? page.Path : "/" + page.Path, [.. watched]) { Counted = counted };
    }
}
