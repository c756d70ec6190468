namespace Slipway.Cli.Output;

/// <summary>A program that fails says the same thing again and again; once is enough, with how often.</summary>
internal static class Repetition
{
    public static IReadOnlyList<string> Fold(IEnumerable<string> lines)
    {
        var folded = new List<(string Line, int Times)>();
        foreach (var line in lines)
        {
            if (folded is [.., var last] && last.Line == line)
                folded[^1] = (line, last.Times + 1);
            else
                folded.Add((line, 1));
        }

        return [.. folded.Select(f => f.Times == 1 ? f.Line : $"{f.Line}   ({f.Times} times)")];
    }
}
