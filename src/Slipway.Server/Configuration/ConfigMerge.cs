namespace Slipway.Server.Configuration;

/// <summary>How the values of slipway.yaml and those set through the API make one config revision.</summary>
internal static class ConfigMerge
{
    /// <summary>
    /// The file is the base; what was set through the API stays on top. A value counts as the API's when it differs from what the file said before, so
    /// a value removed from the file disappears and one changed in the file changes, unless somebody has set it otherwise. A secret of the same name wins.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> fileBefore,
        IReadOnlyDictionary<string, string> file,
        IReadOnlyDictionary<string, string> current,
        IEnumerable<string> secrets)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in file)
            merged[name] = value;

        foreach (var (name, value) in current)
        {
            if (fileBefore.GetValueOrDefault(name) != value)
                merged[name] = value;
        }

        foreach (var name in secrets)
            merged.Remove(name);

        return merged;
    }

    public static bool Same(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>The names that differ, for a person: "+NEW, -GONE, CHANGED".</summary>
    public static string Describe(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        string.Join(", ", before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => before.ContainsKey(name) ? after.ContainsKey(name) ? name : "-" + name : "+" + name));
}
