using System.Text;
using System.Text.RegularExpressions;
using Slipway.Contracts.Agents;
using LineCount = Slipway.Contracts.Agent.V1.LineCount;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals.Lines;

/// <summary>Counts the lines of one process that checks ask for.</summary>
internal sealed class LineCounts
{
    /// <summary>Twice as many checks as a service may have: its own, and those of the environment.</summary>
    public const int Most = 40;

    public static readonly LineCounts None = new([]);

    private readonly List<Rule> rules = [];
    private readonly bool looksAtText;
    private char[] text = [];

    public LineCounts(IReadOnlyList<LineCount> counted)
    {
        foreach (var count in counted.DistinctBy(count => count.Name, StringComparer.Ordinal))
        {
            if (TryMake(count) is { } rule)
                rules.Add(rule);
        }

        looksAtText = rules.Exists(rule => rule.Pattern is not null);
    }

    /// <param name="weight">How many lines it stands for.</param>
    public void Take(ReadOnlySpan<byte> line, double weight)
    {
        if (!looksAtText)
            return;

        if (text.Length < line.Length)
            text = new char[line.Length];

        var length = Encoding.UTF8.GetChars(line, text);
        foreach (var rule in rules)
        {
            if (rule.Pattern?.IsMatch(text.AsSpan(0, length)) == true)
                rule.Count += weight;
        }
    }

    /// <summary>A line, with what follows it, that says how bad it is.</summary>
    public void Take(LineLevel level, double weight)
    {
        foreach (var rule in rules)
        {
            if (rule.Pattern is null && level >= rule.Level)
                rule.Count += weight;
        }
    }

    /// <summary>What was counted since this was asked last.</summary>
    public IReadOnlyList<(string Name, double Count)> End()
    {
        if (rules.Count == 0)
            return [];

        List<(string, double)> counted = [.. rules.Select(rule => (rule.Name, Math.Ceiling(rule.Count)))];
        rules.ForEach(rule => rule.Count = 0);
        return counted;
    }

    /// <summary>The server has tried it; one that this agent does not understand is not counted, and the server sees that.</summary>
    private static Rule? TryMake(LineCount count)
    {
        if (count.Pattern.Length == 0)
            return count.Level == V1.LineLevel.Unspecified ? null : new(count.Name, null, count.Level == V1.LineLevel.Error ? LineLevel.Error : LineLevel.Warning);

        return LinePattern.TryParse(count.Pattern, out var pattern) ? new(count.Name, pattern, default) : null;
    }

    private sealed class Rule(string name, Regex? pattern, LineLevel level)
    {
        public string Name => name;

        public Regex? Pattern => pattern;

        public LineLevel Level => level;

        public double Count { get; set; }
    }
}
