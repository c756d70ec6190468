namespace Slipway.Architecture.Tests;

/// <summary>The table of docs/architecture.md: which folder may use which.</summary>
internal static class Table
{
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> MayUse { get; } = Tree.Lines("docs/architecture.md")
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(
            cells => cells[1].Trim('`'),
            cells => (IReadOnlySet<string>)cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "–").Select(name => name.Trim('`')).ToHashSet());
}
