namespace Slipway.Server.Instances.Broker;

/// <summary>
/// Subscriptions can only filter by a range of numbers. Few ranges are few messages; narrow ones are few deliveries to instances that are not meant.
/// </summary>
internal static class Ranges
{
    /// <summary>As many messages as one call publishes.</summary>
    public const int Most = 10;

    /// <summary>Fewer instances that are not meant than this are not worth a message of their own.</summary>
    public const int WorthSplitting = 50;

    /// <summary>Cuts the numbers at their widest gaps.</summary>
    /// <param name="numbers">In ascending order, none twice.</param>
    public static IEnumerable<IReadOnlyList<uint>> Of(IReadOnlyList<uint> numbers)
    {
        int[] cuts = [.. Enumerable.Range(1, Math.Max(0, numbers.Count - 1))
            .Where(i => numbers[i] - numbers[i - 1] > WorthSplitting)
            .OrderByDescending(i => numbers[i] - numbers[i - 1])
            .Take(Most - 1)
            .Order()];
        var from = 0;
        foreach (var cut in (int[])[.. cuts, numbers.Count])
        {
            if (cut > from)
                yield return [.. numbers.Skip(from).Take(cut - from)];

            from = cut;
        }
    }
}
