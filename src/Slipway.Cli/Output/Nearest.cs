namespace Slipway.Cli.Output;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>The candidates closest to <paramref name="text"/>, if any is close at all.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> candidates)
    {
        var allowed = Math.Max(1, text.Length / 3);
        var near = candidates
            .Select(c => (Name: c, Distance: c.StartsWith(text, StringComparison.Ordinal) && text.Length > 1 ? 1 : Distance(text, c)))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(3)
            .ToList();
        return [.. near.Where(c => c.Distance <= near[0].Distance + 1).Select(c => c.Name)];
    }

    /// <summary>"Did you mean checkout?", or nothing.</summary>
    public static string? Ask(string text, IEnumerable<string> candidates) =>
        Find(text, candidates) is { Count: > 0 } near ? $"Did you mean {string.Join(" or ", near)}?" : null;

    /// <summary>Edits from one to the other; swapping two neighbours is one.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
