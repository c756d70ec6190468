namespace Slipway.Judging.Kayenta.Wire;

/// <summary>The score of a canary.</summary>
public sealed record CanaryJudgeScore
{
    /// <summary>0 to 100 where the weights add up to 100.</summary>
    public required double Score { get; init; }

    /// <summary>Pass, Marginal or Fail.</summary>
    public required string Classification { get; init; }

    /// <summary>Why the score was not counted, or empty.</summary>
    public string? ClassificationReason { get; init; }
}
