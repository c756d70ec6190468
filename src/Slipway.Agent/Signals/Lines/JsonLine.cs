using System.Text;

namespace Slipway.Agent.Signals.Lines;

/// <summary>
/// What is looked for in a line of JSON. Read leniently and by hand: lines are cut at 4 KB, and a reader that throws for that would cost more than all
/// the rest.
/// </summary>
internal readonly ref struct JsonLine
{
    public LineLevel Level { get; private init; }

    /// <summary>What was said before values were put in, where the line has that; else what was said. Escaped as in the line.</summary>
    public ReadOnlySpan<byte> Message { get; private init; }

    /// <summary>The exception that goes with it.</summary>
    public ReadOnlySpan<byte> Exception { get; private init; }

    public static JsonLine Read(ReadOnlySpan<byte> line)
    {
        var level = LineLevel.None;
        ReadOnlySpan<byte> message = default, exception = default;
        var isTemplate = false;
        var depth = 0;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                case (byte)'"':
                    var name = Quoted(line, ref at);
                    if (!TryValue(line, ref at, out var value))
                        break;

                    if (IsTemplate(name) && !value.IsEmpty)
                    {
                        message = value;
                        isTemplate = true;
                    }
                    else if (depth == 1 && IsLevel(name))
                    {
                        level = LevelWords.OfValue(value);
                    }
                    else if (depth == 1 && !isTemplate && IsMessage(name) && !value.IsEmpty)
                    {
                        message = value;
                    }
                    else if (depth == 1 && IsException(name))
                    {
                        exception = value;
                    }

                    break;
            }
        }

        return new() { Level = level, Message = message, Exception = exception };
    }

    /// <param name="at">At the first quote; then at the last.</param>
    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> line, scoped ref int at)
    {
        var start = ++at;
        while (at < line.Length && line[at] != (byte)'"')
            at += line[at] == (byte)'\\' ? 2 : 1;

        at = Math.Min(at, line.Length);
        return line[start..at];
    }

    /// <summary>After a name: its value, where that is neither an object nor a list.</summary>
    private static bool TryValue(ReadOnlySpan<byte> line, scoped ref int at, out ReadOnlySpan<byte> value)
    {
        value = default;
        var next = SkipSpace(line, at + 1);
        if (next >= line.Length || line[next] != (byte)':')
            return false;

        next = SkipSpace(line, next + 1);
        if (next >= line.Length || line[next] is (byte)'{' or (byte)'[')
        {
            at = next - 1;
            return false;
        }

        if (line[next] == (byte)'"')
        {
            at = next;
            value = Quoted(line, ref at);
            return true;
        }

        var end = line[next..].IndexOfAny((byte)',', (byte)'}', (byte)' ');
        end = end < 0 ? line.Length : next + end;
        value = line[next..end];
        at = end - 1;
        return true;
    }

    private static int SkipSpace(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }

    private static bool IsTemplate(ReadOnlySpan<byte> name) => name.SequenceEqual("@mt"u8) || Is(name, "messagetemplate"u8) || Is(name, "{originalformat}"u8);

    private static bool IsLevel(ReadOnlySpan<byte> name) =>
        Is(name, "level"u8) || Is(name, "@l"u8) || Is(name, "severity"u8) || Is(name, "loglevel"u8) || Is(name, "log_level"u8) || Is(name, "log.level"u8)
        || Is(name, "levelname"u8) || Is(name, "level_name"u8) || Is(name, "lvl"u8);

    private static bool IsMessage(ReadOnlySpan<byte> name) =>
        Is(name, "message"u8) || Is(name, "msg"u8) || Is(name, "@m"u8) || Is(name, "event"u8) || Is(name, "short_message"u8) || Is(name, "body"u8);

    private static bool IsException(ReadOnlySpan<byte> name) =>
        Is(name, "exception"u8) || Is(name, "@x"u8) || Is(name, "error"u8) || Is(name, "err"u8) || Is(name, "exc_info"u8) || Is(name, "stack_trace"u8)
        || Is(name, "error.message"u8);

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower) => name.Length == lower.Length && Ascii.EqualsIgnoreCase(name, lower);
}
