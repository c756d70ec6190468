namespace Slipway.Agent.Signals.Lines;

/// <summary>
/// Puts <c>&lt;*&gt;</c> in the place of what differs from line to line: numbers, times, addresses, ids, paths, what stands in quotes. It looks at nothing but
/// the line, so every instance makes the same of it.
/// </summary>
internal static class LineMask
{
    public const string Any = "<*>";

    /// <summary>From so many changes between letters and digits on, a word is taken for one that a machine made.</summary>
    private const int ManyChanges = 4;

    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDecMonTueWedThuFriSatSun";

    /// <param name="target">Twice as long as the line at least.</param>
    /// <returns>The length; words have one space between them.</returns>
    public static int Apply(ReadOnlySpan<char> line, Span<char> target)
    {
        var writer = new MaskWriter(target);
        for (var at = 0; at < line.Length;)
        {
            var next = line[at];
            if (next == ' ')
            {
                writer.Space();
                at++;
            }
            else if (ClosingQuote(line, at) is > 0 and var close)
            {
                writer.Any();
                at = close + 1;
            }
            else if (EndsWord(next))
            {
                writer.Text(line.Slice(at, 1));
                at++;
            }
            else
            {
                var end = at + 1;
                while (end < line.Length && !EndsWord(line[end]))
                    end++;

                Word(line[at..end], isBeforeNumber: end + 1 < line.Length && (char.IsAsciiDigit(line[end + 1]) || line[end] == ','), ref writer);
                at = end;
            }
        }

        return writer.End();
    }

    private static bool EndsWord(char character) => " ,;()[]{}<>=|!?\"'`".Contains(character, StringComparison.Ordinal);

    private static int ClosingQuote(ReadOnlySpan<char> line, int at)
    {
        var quote = line[at];
        if (quote is not ('"' or '`' or '\''))
            return 0;
        if (quote != '\'')
            return line[(at + 1)..].IndexOf(quote) is >= 0 and var found ? at + 1 + found : 0;

        // Not the one of "can't".
        if (at > 0 && char.IsLetterOrDigit(line[at - 1]))
            return 0;

        for (var close = at + 1; close < line.Length; close++)
        {
            if (line[close] == '\'' && (close + 1 == line.Length || !char.IsLetterOrDigit(line[close + 1])))
                return close;
        }

        return 0;
    }

    private static void Word(ReadOnlySpan<char> word, bool isBeforeNumber, ref MaskWriter writer)
    {
        var body = word.TrimEnd(".:");
        if (body.IsEmpty)
        {
            writer.Text(word);
            return;
        }

        if (Differs(body) || (isBeforeNumber && writer.IsAtBeginning && body.Length == 3 && Months.AsSpan().IndexOf(body) is >= 0 and var at && at % 3 == 0))
            writer.Any();
        else
            Numbers(body, ref writer);

        writer.Text(word[body.Length..]);
    }

    /// <summary>The word as a whole is one that differs.</summary>
    private static bool Differs(ReadOnlySpan<char> word)
    {
        if (word.Length > 1 && (word[0] == '/' || word.StartsWith("./") || word.StartsWith("../") || word.StartsWith("~/") || word.Contains("://", StringComparison.Ordinal)))
            return true;
        if (word.Length > 3 && char.IsAsciiLetter(word[0]) && word[1] == ':' && word[2] == '\\')
            return true;

        var (digits, others, hex, changes) = Count(word);
        var at = word.IndexOf('@');
        if (at > 0 && at < word.Length - 1 && others > 0)
            return true;
        if (digits == 0)
            return word.Length >= 8 && hex == word.Length;

        var bare = word.TrimStart("#$+-~@*%:");
        return (!bare.IsEmpty && char.IsAsciiDigit(bare[0])) || (word.Length >= 4 && hex == word.Length) || changes >= ManyChanges
            || word.Contains('/') || word.Contains('\\');
    }

    private static (int Digits, int Others, int Hex, int Changes) Count(ReadOnlySpan<char> word)
    {
        var (digits, others, hex, changes) = (0, 0, 0, 0);
        for (var at = 0; at < word.Length; at++)
        {
            var isDigit = char.IsAsciiDigit(word[at]);
            digits += isDigit ? 1 : 0;
            others += isDigit ? 0 : 1;
            hex += char.IsAsciiHexDigit(word[at]) || word[at] is '-' or ':' ? 1 : 0;
            changes += at > 0 && ((isDigit && char.IsAsciiLetter(word[at - 1])) || (char.IsAsciiLetter(word[at]) && char.IsAsciiDigit(word[at - 1]))) ? 1 : 0;
        }

        return (digits, others, hex, changes);
    }

    /// <summary>A word that stays, but for its numbers: worker-12, Int32, main.go:81.</summary>
    private static void Numbers(ReadOnlySpan<char> word, ref MaskWriter writer)
    {
        for (var at = 0; at < word.Length;)
        {
            var end = at;
            if (!char.IsAsciiDigit(word[at]))
            {
                while (end < word.Length && !char.IsAsciiDigit(word[end]))
                    end++;
                writer.Text(word[at..end]);
            }
            else
            {
                while (end < word.Length && (char.IsAsciiDigit(word[end]) || word[end] is '.' or ':'))
                    end++;
                writer.Number();
            }

            at = end;
        }
    }
}
