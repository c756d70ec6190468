namespace Slipway.Cli.Output;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Steps = "▁▂▃▄▅▆▇█";

    /// <summary>Both curves on one scale, so that they can be compared with the eye. A point without a value is a space.</summary>
    public static (string First, string Second) Of(IReadOnlyList<double?> first, IReadOnlyList<double?> second, int width)
    {
        double[] values = [.. first.Concat(second).OfType<double>()];
        if (values is [])
            return ("", "");

        var (low, high) = (values.Min(), values.Max());
        return (Draw(first, width, low, high), Draw(second, width, low, high));
    }

    private static string Draw(IReadOnlyList<double?> curve, int width, double low, double high)
    {
        var columns = Math.Min(width, curve.Count);
        var drawn = new char[columns];
        for (var column = 0; column < columns; column++)
        {
            double[] part = [.. Enumerable.Range(column * curve.Count / columns, Math.Max(1, ((column + 1) * curve.Count / columns) - (column * curve.Count / columns)))
                .Select(index => curve[index]).OfType<double>()];
            drawn[column] = part is [] ? ' ' : Steps[high > low ? (int)Math.Min(Steps.Length - 1, (part.Average() - low) / (high - low) * Steps.Length) : 0];
        }

        return new(drawn);
    }
}
