namespace Slipway.Judging.Kayenta;

/// <summary>How one metric was judged.</summary>
/// <param name="Class">In one word.</param>
/// <param name="Reason">Why, where there is something to say.</param>
/// <param name="Ratio">The new mean divided by the old.</param>
/// <param name="Critical">This alone fails the canary, unless the class is Pass.</param>
public sealed record MetricClassification(MetricClass Class, string? Reason, double Ratio, bool Critical = false)
{
    /// <summary>Further numbers that it rests on.</summary>
    public IReadOnlyDictionary<string, double> Evidence { get; init; } = new Dictionary<string, double>();
}
