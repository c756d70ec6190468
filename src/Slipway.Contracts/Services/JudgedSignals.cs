using System.Text.RegularExpressions;

namespace Slipway.Contracts.Services;

/// <summary>The names of what a verdict judges. docs/signals.md says what each of them is.</summary>
public static class JudgedSignals
{
    /// <summary>Before the name of one of the service's own metrics.</summary>
    public const string Own = "metric:";

    /// <summary>Those that every service may have, in the order in which they are told.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "restarts",
        "newErrors",
        "requestErrors",
        "errors",
        "warnings",
        "probeFailures",
        "requestTimeHigh",
        "requestTime",
        "probeTime",
        "requests",
        "cpu",
        "memory",
        "threads",
        "files",
        "disk",
    ];

    /// <summary>A regular expression of every name there may be.</summary>
    public static string Pattern { get; } = $"^({string.Join('|', Names)}|{Own}[a-zA-Z_:][a-zA-Z0-9_:]*)$";

    private static readonly Regex Name = new(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The same in words.</summary>
    public static string Says { get; } = $"the name of a signal ({string.Join(", ", Names)}, or {Own} and a name from signals.watch)";

    /// <summary>Whether there may be one of this name.</summary>
    public static bool Has(string name) => Name.IsMatch(name);
}
