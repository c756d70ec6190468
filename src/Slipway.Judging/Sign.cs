namespace Slipway.Judging;

/// <summary>What was looked for in a metric.</summary>
public enum Sign
{
    /// <summary>The changed instances together are higher.</summary>
    Higher,

    /// <summary>The changed instances together are lower.</summary>
    Lower,

    /// <summary>Extreme values have become more frequent.</summary>
    Tail,

    /// <summary>It varies more.</summary>
    Spread,

    /// <summary>A single changed instance is higher than its peers.</summary>
    InstanceHigher,

    /// <summary>A single changed instance is lower than its peers.</summary>
    InstanceLower,

    /// <summary>Events have become more frequent.</summary>
    Events,

    /// <summary>Events have become more frequent on a single changed instance.</summary>
    InstanceEvents,

    /// <summary>It moves away more and more (pairs only: with a past, a drift is found as a shift).</summary>
    Drift,

    /// <summary>Many metrics are a little worse at the same time.</summary>
    Together,
}
