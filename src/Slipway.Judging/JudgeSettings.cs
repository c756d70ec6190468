namespace Slipway.Judging;

/// <summary>What a judge may be told; every default is meant to be left alone.</summary>
public sealed record JudgeSettings
{
    public static JudgeSettings Default { get; } = new();

    /// <summary>The part of deployments of healthy versions that may be failed, all metrics and all looks together.</summary>
    public double FalseAlarms { get; init; } = 0.003;

    /// <summary>How long after its change an instance is not looked at.</summary>
    public double WarmUpSeconds { get; init; } = 60;

    /// <summary>How much of the time before the change is used.</summary>
    public double PastSeconds { get; init; } = 3 * 3600;

    /// <summary>The smallest change of a level worth stopping for: memory, threads, throughput.</summary>
    public double MinimumLevelEffect { get; init; } = 0.08;

    /// <summary>The smallest change of a duration worth stopping for.</summary>
    public double MinimumDurationEffect { get; init; } = 0.05;

    /// <summary>The smallest change of a ratio such as CPU worth stopping for.</summary>
    public double MinimumRatioEffect { get; init; } = 0.05;

    /// <summary>The smallest change of a rate of events worth stopping for: 0.3 is three in ten more than usual.</summary>
    public double MinimumCountEffect { get; init; } = 0.3;

    /// <summary>A clear effect is this many times the smallest one; a pass rules out clear effects.</summary>
    public double ClearEffect { get; init; } = 6;

    internal double MinimumEffect(Metric metric)
    {
        var effect = metric.MinimumEffect ?? metric.Kind switch
        {
            MetricKind.Level => MinimumLevelEffect,
            MetricKind.Duration => MinimumDurationEffect,
            MetricKind.Ratio => MinimumRatioEffect,
            _ => MinimumCountEffect,
        };
        return double.IsFinite(effect) ? Math.Clamp(effect, 0.001, 100) : 0.05;
    }
}
