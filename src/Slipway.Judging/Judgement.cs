namespace Slipway.Judging;

/// <summary>The answer of one look at a deployment.</summary>
public sealed record Judgement
{
    public required Verdict Verdict { get; init; }

    /// <summary>One plain sentence for people: the worst metric's, or what is missing.</summary>
    public required string Sentence { get; init; }

    /// <summary>The metrics, those with the most evidence first.</summary>
    public required IReadOnlyList<MetricJudgement> Metrics { get; init; }

    /// <summary>About how many more seconds are needed for an answer, while it is inconclusive; null where time alone will not help.</summary>
    public double? NeedsSeconds { get; init; }

    /// <summary>About how many more events of exposure (requests) are needed, where that is what is missing.</summary>
    public double? NeedsRequests { get; init; }
}
