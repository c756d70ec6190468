namespace Slipway.Judging.Kayenta.Wire;

/// <summary>A summary of numbers; all 0 when there are none.</summary>
public sealed record SampleStats
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The smallest.</summary>
    public required double Min { get; init; }

    /// <summary>The largest.</summary>
    public required double Max { get; init; }

    /// <summary>Their standard deviation, as of a sample.</summary>
    public required double Std { get; init; }
}
