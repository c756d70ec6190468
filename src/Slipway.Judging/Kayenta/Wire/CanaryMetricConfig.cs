using System.Text.Json;

namespace Slipway.Judging.Kayenta.Wire;

/// <summary>One metric of a canary config.</summary>
public sealed record CanaryMetricConfig
{
    /// <summary>The metric's name, by which its values find it.</summary>
    public string? Name { get; init; }

    /// <summary>Where its values come from.</summary>
    public CanaryMetricQuery? Query { get; init; }

    /// <summary>The groups that it counts in.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>How it is judged, below <c>canary</c>: direction, nanStrategy, outliers, effectSize, critical, mustHaveData, muted.</summary>
    public IReadOnlyDictionary<string, JsonElement>? AnalysisConfigurations { get; init; }

    /// <summary>Which scope it is asked for; Kayenta's interface writes <c>default</c>.</summary>
    public string? ScopeName { get; init; }
}
