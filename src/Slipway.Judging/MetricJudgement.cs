namespace Slipway.Judging;

/// <summary>What a look says about one metric.</summary>
public sealed record MetricJudgement
{
    public required string Metric { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>One plain sentence for people.</summary>
    public required string Sentence { get; init; }

    /// <summary>The change as a part of what is usual (0.1: ten percent more); null where it cannot be told.</summary>
    public double? Effect { get; init; }

    /// <summary>The effect is at least this, at any number of looks.</summary>
    public double? Low { get; init; }

    /// <summary>The effect is at most this, at any number of looks.</summary>
    public double? High { get; init; }

    /// <summary>The sign with the most evidence.</summary>
    public Sign? Sign { get; init; }

    /// <summary>The instance that the sign is about, where it is about one.</summary>
    public string? Instance { get; init; }

    /// <summary>Natural logarithm of that sign's e-value.</summary>
    public double Evidence { get; init; }

    /// <summary>What that logarithm has to reach to fail the deployment.</summary>
    public double Boundary { get; init; }

    /// <summary>Seconds since the first change until the boundary was reached; null if it was not.</summary>
    public double? CertainAfterSeconds { get; init; }

    /// <summary>About how many more seconds are needed for an answer, while it is inconclusive.</summary>
    public double? NeedsSeconds { get; init; }

    /// <summary>What can be drawn.</summary>
    public Evidence? Drawing { get; init; }
}
