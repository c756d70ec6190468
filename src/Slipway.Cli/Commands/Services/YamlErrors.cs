using System.Globalization;
using System.Text;
using Slipway.Cli.Output;
using Slipway.Contracts;

namespace Slipway.Cli.Commands.Services;

/// <summary>Shows where in the file something is wrong: place, the line itself, a caret under it.</summary>
internal static class YamlErrors
{
    public static string Describe(string file, byte[] yaml, ApiProblem problem)
    {
        var lines = Encoding.UTF8.GetString(yaml).ReplaceLineEndings("\n").Split('\n');
        var text = new StringBuilder();
        foreach (var (place, messages) in problem.Errors!.OrderBy(e => TryReadPlace(e.Key, out var line, out _) ? line : int.MaxValue))
        {
            foreach (var message in messages)
                AddError(text, file, lines, place, message);
        }

        return text.Append("       Nothing was changed.\n").ToString();
    }

    private static void AddError(StringBuilder text, string file, string[] lines, string place, string message)
    {
        if (!TryReadPlace(place, out var line, out var column))
        {
            text.Append(CultureInfo.InvariantCulture, $"error: {file}: {(place.Length > 0 ? place + ": " : "")}{message}\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"error: {file}:{line}:{column}: {message}\n");
        if (line < 1 || line > lines.Length)
            return;

        var number = line.ToString(CultureInfo.InvariantCulture);
        var source = Words.Printable(lines[line - 1]);
        var caret = new string(' ', Math.Clamp(column - 1, 0, source.Length));
        text.Append(CultureInfo.InvariantCulture, $"  {number} | {source}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {new string(' ', number.Length)} | {caret}^\n");
    }

    /// <summary>"line 3, column 9", also in front of or behind a field's name.</summary>
    private static bool TryReadPlace(string place, out int line, out int column)
    {
        column = 1;
        return TryReadNumber(place, "line ", out line) && (TryReadNumber(place, "column ", out column) || (column = 1) == 1);
    }

    private static bool TryReadNumber(string text, string word, out int number)
    {
        number = 0;
        var at = text.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
            return false;

        var digits = text.AsSpan(at + word.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture, out number);
    }
}
