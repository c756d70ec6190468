namespace Slipway.Contracts.Verdicts;

/// <summary>Judges past deployments of a target anew, by other rules.</summary>
public sealed record ReplayRequest
{
    /// <summary>What is to be different from the target's newest definition. Absent: nothing.</summary>
    public ReplayRules? Verdict { get; init; }

    /// <summary>How many of the last deployments whose signals are kept, 1 to 30. Default: 20.</summary>
    public int? Limit { get; init; }
}
