namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>
/// Takes equal values apart a little, so that they can be ranked. Kayenta adds random noise; here it is the even spread of a normal distribution, so
/// that the same values have always the same verdict.
/// </summary>
internal static class Spread
{
    public static IReadOnlyList<double> Normally(IReadOnlyList<double> values, double mean, double deviation) =>
        [.. values.Select((value, index) => value + mean + (deviation * NormalQuantile.Of((index + 0.5) / values.Count)))];
}
