namespace Slipway.Judging.Kayenta.Wire;

/// <summary>How one pair was judged.</summary>
public sealed record CanaryAnalysisResult
{
    /// <summary>The metric's name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the pair.</summary>
    public required string Id { get; init; }

    /// <summary>The tags of the pair.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Pass, High, Low, Nodata, NodataFailMetric or Error.</summary>
    public required string Classification { get; init; }

    /// <summary>Why.</summary>
    public string? ClassificationReason { get; init; }

    /// <summary>The groups that the metric counts in.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Of the new version's values as they were compared.</summary>
    public required SideMetadata ExperimentMetadata { get; init; }

    /// <summary>Of the old version's values as they were compared.</summary>
    public required SideMetadata ControlMetadata { get; init; }

    /// <summary>Numbers of the comparison; <c>ratio</c> is the new mean divided by the old.</summary>
    public required IReadOnlyDictionary<string, double> ResultMetadata { get; init; }

    /// <summary>Whether this metric alone fails the canary.</summary>
    public bool Critical { get; init; }

    /// <summary>Whether it was left out of the score.</summary>
    public bool Muted { get; init; }
}
