namespace Slipway.Judging.Kayenta;

/// <summary>
/// What Spinnaker's canary stage makes of the scores of its intervals. Whole numbers, as there: 74.99 is 74. A threshold that is not set stops nothing.
/// </summary>
public sealed record StageThresholds(double? Marginal = null, double? Pass = null)
{
    /// <summary>What the stage has when nothing is said.</summary>
    public static StageThresholds Default { get; } = new(50, 75);

    /// <summary>Whether the stage ends here as failed. Unlike in Kayenta, a score equal to marginal is too low.</summary>
    public bool StopsAt(double score, bool last) => score.IsAtMost(Marginal) || (last && score.IsBelow(Pass));

    /// <summary>Whether the stage succeeds with these scores, one for each interval.</summary>
    public bool Succeeds(IReadOnlyList<double> scores) => !scores.Where((score, index) => StopsAt(score, index == scores.Count - 1)).Any();
}

file static class Whole
{
    public static bool IsAtMost(this double score, double? threshold) => threshold is { } set && Math.Truncate(score) <= Math.Truncate(set);

    public static bool IsBelow(this double score, double? threshold) => threshold is { } set && Math.Truncate(score) < Math.Truncate(set);
}
