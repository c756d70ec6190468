namespace Slipway.Judging;

/// <summary>The answer of a check.</summary>
public enum Verdict
{
    /// <summary>Not enough is known yet; the judgement says how much is missing.</summary>
    Inconclusive,

    /// <summary>Whatever would matter has been ruled out, or the planned time has gone by with enough seen.</summary>
    Pass,

    /// <summary>It is worse, beyond chance and beyond the minimum effect.</summary>
    Fail,
}
