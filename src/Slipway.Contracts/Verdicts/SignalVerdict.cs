using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Verdicts;

/// <summary>What one signal says.</summary>
public sealed record SignalVerdict
{
    /// <summary>The signal's name, such as cpu or requestTime.</summary>
    public required string Signal { get; init; }

    /// <summary>What its numbers are in, such as ms or bytes. Absent: they are counted.</summary>
    public string? Unit { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>One sentence in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>The change as a part of what is usual: 0.1 is ten percent more. Absent: it cannot be told.</summary>
    public double? Effect { get; init; }

    /// <summary>The change is at least this, however often anybody looked.</summary>
    public double? Low { get; init; }

    /// <summary>The change is at most this, however often anybody looked.</summary>
    public double? High { get; init; }

    /// <summary>The instance it is about, where it is about one.</summary>
    public InstanceName? Instance { get; init; }

    /// <summary>Natural logarithm of the evidence (an e-value) that the new version is worse.</summary>
    public required double Evidence { get; init; }

    /// <summary>What the evidence has to reach to fail the deployment.</summary>
    public required double Boundary { get; init; }

    /// <summary>Seconds after the first change when the boundary was reached. Absent: it was not.</summary>
    public double? CrossedAfter { get; init; }

    /// <summary>What can be drawn.</summary>
    public SignalDrawing? Drawing { get; init; }
}
