using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Slipway.Cli.Completion;

/// <summary>What a shell asks while somebody types: "[suggest:POSITION]" and the line so far.</summary>
internal static class Suggestions
{
    public static bool Asks(string[] args) => args is [['[', 's', ..], ..];

    public static string UpToCursor(string[] args)
    {
        var line = args is [_, var given, ..] ? given : "";
        return int.TryParse(args[0].AsSpan("[suggest:".Length).TrimEnd(']'), CultureInfo.InvariantCulture, out var cursor)
            ? line[..Math.Clamp(cursor, 0, line.Length)]
            : line;
    }

    /// <summary>Options only where one begins to be typed, or where a required one is all that is missing; nothing: the shell offers files.</summary>
    public static IEnumerable<string> Tidy(string line, IEnumerable<string> found, Command root)
    {
        var typed = line[(line.LastIndexOf(' ') + 1)..];
        if (typed.StartsWith('-'))
            return found.Where(f => f.StartsWith("--", StringComparison.Ordinal));

        var words = found.Where(f => !f.StartsWith('-') && f.StartsWith(typed, StringComparison.Ordinal)).ToList();
        return words.Count > 0 || typed.Length > 0 ? words : Missing(root.Parse([.. CommandLineParser.SplitCommandLine(line).Skip(1)]));
    }

    private static IEnumerable<string> Missing(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var unfilled = command.Arguments.Any(a => a.Arity.MinimumNumberOfValues > 0 && parse.GetResult(a) is not { Tokens.Count: > 0 });
        return unfilled || parse.Errors.Any(e => e.SymbolResult is OptionResult { Tokens.Count: 0, Implicit: false })
            ? []
            : command.Options.Where(o => o.Required && (parse.GetResult(o)?.Implicit ?? true)).Select(o => o.Name);
    }
}
