using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>Plain facts about a list of numbers.</summary>
internal static class Samples
{
    public static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? 0 : values.Sum() / values.Count;

    /// <summary>The standard deviation of a sample; 0 for one value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return 0;

        var mean = Mean(values);
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>Linear between the two nearest of <paramref name="sorted"/>: rule 7 of Hyndman and Fan.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double percent)
    {
        var place = (sorted.Count - 1) * percent / 100;
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Count ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }

    public static SampleStats Describe(IReadOnlyList<double> values) => values.Count == 0
        ? new() { Count = 0, Mean = 0, Min = 0, Max = 0, Std = 0 }
        : new() { Count = values.Count, Mean = Mean(values), Min = values.Min(), Max = values.Max(), Std = Deviation(values) };
}
