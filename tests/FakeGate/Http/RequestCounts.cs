using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Slipway.FakeGate.Http;

/// <summary>What was asked of this Gate so far.</summary>
public sealed class RequestCounts
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    /// <summary>By "GET /pipelines/01J…", without query strings and without <c>/_fake</c>.</summary>
    public IReadOnlyDictionary<string, int> ByPath => counts;

    /// <summary>How many requests of the method had a path that matches (a regular expression).</summary>
    public int Count(string method, string path) =>
        counts.Where(entry => entry.Key.StartsWith(method + " ", StringComparison.Ordinal) && Regex.IsMatch(entry.Key[(method.Length + 1)..], path)).Sum(entry => entry.Value);

    public void Reset() => counts.Clear();

    internal void Add(string method, string path)
    {
        if (!path.StartsWith("/_fake", StringComparison.Ordinal))
            counts.AddOrUpdate($"{method} {path}", 1, (_, count) => count + 1);
    }
}
