namespace Slipway.Chaos.Client;

/// <summary>Whether a request is repeated although its answer may be known.</summary>
internal enum Twice
{
    No,

    /// <summary>Two at the same moment, on two servers where there are several.</summary>
    AtOnce,

    /// <summary>Once more after the answer.</summary>
    Later,

    /// <summary>The first is given up in the middle, and nobody hears its answer.</summary>
    HungUp,
}
