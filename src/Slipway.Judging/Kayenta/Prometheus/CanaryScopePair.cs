namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>Both sides of a canary.</summary>
/// <param name="Control">What runs the old version.</param>
/// <param name="Experiment">What runs the new version.</param>
public sealed record CanaryScopePair(CanaryScope Control, CanaryScope Experiment);
