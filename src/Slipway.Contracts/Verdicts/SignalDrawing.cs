namespace Slipway.Contracts.Verdicts;

/// <summary>Curves of a signal, at most 120 points each. Null is a point without a value.</summary>
public sealed record SignalDrawing
{
    /// <summary>Seconds since the first change; negative before it.</summary>
    public required IReadOnlyList<double> Seconds { get; init; }

    /// <summary>The median of the changed instances; for counts, how many in a step or for each request.</summary>
    public required IReadOnlyList<double?> Changed { get; init; }

    /// <summary>The same of the unchanged.</summary>
    public required IReadOnlyList<double?> Unchanged { get; init; }

    /// <summary>How the evidence grew; the boundary is the line it has to cross.</summary>
    public required IReadOnlyList<double?> Path { get; init; }

    /// <summary>Values of the changed after their change at 5, 25, 50, 75, 95 and 99 percent. Empty: none.</summary>
    public required IReadOnlyList<double> ChangedQuantiles { get; init; }

    /// <summary>The same of the unchanged, or of the past where none are left.</summary>
    public required IReadOnlyList<double> UnchangedQuantiles { get; init; }
}
