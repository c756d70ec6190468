namespace Slipway.Judging.Kayenta.Wire;

/// <summary>A judge's answer.</summary>
public sealed record CanaryJudgeResult
{
    /// <summary>Which judge answered.</summary>
    public required string JudgeName { get; init; }

    /// <summary>One for each pair of the request, in its order.</summary>
    public required IReadOnlyList<CanaryAnalysisResult> Results { get; init; }

    /// <summary>One for each group of metrics.</summary>
    public required IReadOnlyList<CanaryJudgeGroupScore> GroupScores { get; init; }

    /// <summary>The whole.</summary>
    public required CanaryJudgeScore Score { get; init; }
}
