namespace Slipway.Contracts.Verdicts;

/// <summary>A kind of line of error that the version before did not print.</summary>
public sealed record NewErrorLine
{
    /// <summary>The line, with &lt;*&gt; for what differs from one to the next.</summary>
    public required string Template { get; init; }

    /// <summary>The first such line.</summary>
    public required string Example { get; init; }

    public required long Count { get; init; }

    /// <summary>On how many instances.</summary>
    public required int Instances { get; init; }
}
