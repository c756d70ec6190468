namespace Slipway.Judging;

/// <summary>One metric measured on both sides at the same times. NaN: nothing was measured then.</summary>
/// <param name="Control">What runs the old version.</param>
/// <param name="Experiment">What runs the new version.</param>
/// <param name="Step">From one value to the next; zero when nobody knows.</param>
/// <param name="Direction">Which change is bad.</param>
public sealed record MetricPair(IReadOnlyList<double> Control, IReadOnlyList<double> Experiment, TimeSpan Step, Direction Direction);
