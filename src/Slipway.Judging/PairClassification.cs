namespace Slipway.Judging;

/// <summary>How the new version's values are against the old one's.</summary>
public enum PairClassification
{
    /// <summary>No change that matters.</summary>
    Pass,

    /// <summary>Higher, and that is bad.</summary>
    High,

    /// <summary>Lower, and that is bad.</summary>
    Low,

    /// <summary>Too little was measured to say.</summary>
    NoData,
}
