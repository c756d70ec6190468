namespace Slipway.Agent.Signals.Lines;

/// <summary>A line of `name=value`, values with spaces in quotes.</summary>
internal static class LogfmtLine
{
    public static LineLevel Level(ReadOnlySpan<byte> line)
    {
        if (!TryFind(line, "level="u8, out var value) && !TryFind(line, "lvl="u8, out value) && !TryFind(line, "severity="u8, out value))
            return LineLevel.None;

        return LevelWords.OfValue(value);
    }

    /// <summary>What the line says, as opposed to when and where.</summary>
    public static bool TryMessage(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> message, out ReadOnlySpan<byte> error)
    {
        if (!TryFind(line, "err="u8, out error))
            TryFind(line, "error="u8, out error);

        return TryFind(line, "msg="u8, out message) || TryFind(line, "message="u8, out message);
    }

    private static bool TryFind(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var from = 0;
        int at;
        while (true)
        {
            at = line[from..].IndexOf(name);
            if (at < 0)
                return false;

            at += from;
            if (at == 0 || line[at - 1] == (byte)' ')
                break;

            from = at + name.Length;
        }

        value = line[(at + name.Length)..];
        if (value is [(byte)'"', .. var quoted])
            value = quoted[..EndOfQuoted(quoted)];
        else if (value.IndexOf((byte)' ') is >= 0 and var end)
            value = value[..end];
        return true;
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\')
                at++;
            else if (text[at] == (byte)'"')
                return at;
        }

        return text.Length;
    }
}
