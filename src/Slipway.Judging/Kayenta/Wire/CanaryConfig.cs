namespace Slipway.Judging.Kayenta.Wire;

/// <summary>A canary config as Kayenta stores it (JSON, version 2). Fields that judging does not need are ignored.</summary>
public sealed record CanaryConfig
{
    /// <summary>The name of the config.</summary>
    public string? Name { get; init; }

    /// <summary>Which judge, and how it is set up.</summary>
    public CanaryJudgeConfig? Judge { get; init; }

    /// <summary>What is measured, and how each of it is judged.</summary>
    public IReadOnlyList<CanaryMetricConfig>? Metrics { get; init; }

    /// <summary>Queries or filters that metrics refer to by name.</summary>
    public IReadOnlyDictionary<string, string>? Templates { get; init; }

    /// <summary>How much each group of metrics counts.</summary>
    public CanaryClassifierConfig? Classifier { get; init; }

    /// <summary>The metric of this name; without one nothing says how to judge it.</summary>
    public CanaryMetricConfig MetricOf(string? name) =>
        Metrics?.FirstOrDefault(metric => metric.Name == name) ?? throw new NotJudgeableException($"The canary config has no metric named {name}.");
}
