namespace Slipway.Judging;

/// <summary>
/// Everything that a judgement looks at: metrics of changed and unchanged instances on common steps, some of them before the change.
/// </summary>
/// <param name="StepSeconds">How long a step is.</param>
/// <param name="Steps">How many steps have gone by; rows may be longer, what is beyond is not looked at.</param>
/// <param name="Instances">Changed and unchanged ones.</param>
/// <param name="Metrics">What is compared.</param>
public sealed record Comparison(
    double StepSeconds, int Steps, IReadOnlyList<ComparedInstance> Instances, IReadOnlyList<Metric> Metrics)
{
    /// <summary>How many steps after the last change the observation is planned to last; null: it lasts as long as it must.</summary>
    public int? PlannedSteps { get; init; }
}
