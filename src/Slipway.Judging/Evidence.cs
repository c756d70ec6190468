namespace Slipway.Judging;

/// <summary>What is drawn of a metric: at most 120 points a curve. Null is a point without a value.</summary>
public sealed record Evidence
{
    /// <summary>Seconds since the first change of each point; negative before it.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>The changed instances' median; for counts events per exposure.</summary>
    public required IReadOnlyList<double?> Changed { get; init; }

    /// <summary>The same of the unchanged.</summary>
    public required IReadOnlyList<double?> Unchanged { get; init; }

    /// <summary>log of the e-value; the metric's boundary is the line it has to cross.</summary>
    public required IReadOnlyList<double?> Path { get; init; }

    /// <summary>Values of the changed after the change at 5, 25, 50, 75, 95 and 99 percent.</summary>
    public required IReadOnlyList<double> ChangedQuantiles { get; init; }

    /// <summary>The same of the unchanged, or of the past where none are left.</summary>
    public required IReadOnlyList<double> UnchangedQuantiles { get; init; }
}
