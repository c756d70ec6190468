namespace Slipway.Judging;

/// <summary>One metric of all instances on common steps.</summary>
/// <param name="Name">As people know it; opens its sentence.</param>
/// <param name="Kind">What its numbers are.</param>
/// <param name="Direction">Which change of it is bad.</param>
/// <param name="Values">One row an instance, in the order of the comparison's instances, one number a step; NaN where there is none.</param>
public sealed record Metric(string Name, MetricKind Kind, Direction Direction, IReadOnlyList<double[]> Values)
{
    /// <summary>For counts: what they are out of, such as requests, in the same shape. Without it a step of an instance counts as one.</summary>
    public IReadOnlyList<double[]>? Exposure { get; init; }

    /// <summary>The smallest change worth stopping for, as a part of what is usual (0.05: five percent). Null: the setting of its kind.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>
    /// What earlier healthy deployments of this target did to this metric, as ratios after/before. Changes that such deployments
    /// make anyway are not held against this one.
    /// </summary>
    public IReadOnlyList<double>? EarlierRatios { get; init; }

    /// <summary>Absence of all its values does not keep the judgement from passing.</summary>
    public bool Optional { get; init; }
}
