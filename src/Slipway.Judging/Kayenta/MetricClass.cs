namespace Slipway.Judging.Kayenta;

/// <summary>How a metric was judged, in Kayenta's words.</summary>
public enum MetricClass
{
    /// <summary>No bad change.</summary>
    Pass,

    /// <summary>Too high.</summary>
    High,

    /// <summary>Too low.</summary>
    Low,

    /// <summary>Nothing to compare; does not count.</summary>
    Nodata,

    /// <summary>Nothing to compare; counts as a bad change.</summary>
    NodataFailMetric,

    /// <summary>The values can not be compared; does not count.</summary>
    Error,
}
