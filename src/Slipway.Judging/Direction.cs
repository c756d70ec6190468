namespace Slipway.Judging;

/// <summary>Which change of a metric is bad.</summary>
public enum Direction
{
    /// <summary>Any.</summary>
    Either,

    /// <summary>Only when it grows.</summary>
    Increase,

    /// <summary>Only when it falls.</summary>
    Decrease,
}
