namespace Slipway.Judging.Kayenta.Wire;

/// <summary>From which score on a canary passes.</summary>
public sealed record CanaryClassifierThresholdsConfig
{
    /// <summary>From this score on: Pass.</summary>
    public required double Pass { get; init; }

    /// <summary>From this score on: Marginal; below: Fail.</summary>
    public required double Marginal { get; init; }
}
