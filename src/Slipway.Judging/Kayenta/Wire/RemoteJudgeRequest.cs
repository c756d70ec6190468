namespace Slipway.Judging.Kayenta.Wire;

/// <summary>What Kayenta sends to a remote judge.</summary>
public sealed record RemoteJudgeRequest
{
    /// <summary>The canary config.</summary>
    public CanaryConfig? CanaryConfig { get; init; }

    /// <summary>From which score on the canary passes.</summary>
    public CanaryClassifierThresholdsConfig? ScoreThresholds { get; init; }

    /// <summary>The values of all metrics.</summary>
    public IReadOnlyList<MetricSetPair>? MetricSetPairList { get; init; }
}
