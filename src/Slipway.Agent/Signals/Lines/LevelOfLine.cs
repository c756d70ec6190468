using System.Buffers.Text;

namespace Slipway.Agent.Signals.Lines;

/// <summary>Tells how bad a line is from how the usual loggers write it. Where a line says so itself, that counts; else what exceptions and crashes look like.</summary>
internal static class LevelOfLine
{
    /// <summary>A level stands at the beginning of a line, behind time and thread.</summary>
    private const int Beginning = 120;

    public static LineLevel Of(ReadOnlySpan<byte> line, out LineForm form)
    {
        form = LineForm.Plain;
        if (line.IsEmpty)
            return LineLevel.None;

        if (line[0] == (byte)'{')
            return JsonLine.Read(line).Level;

        var level = OfSyslogOrKlog(line);
        if (level == LineLevel.None)
            level = LogfmtLine.Level(line);
        if (level == LineLevel.None)
            level = OfWords(line[..Math.Min(line.Length, Beginning)], out form);

        return level == LineLevel.None ? OfLook(line, out form) : level;
    }

    /// <summary>`&lt;3&gt;` as systemd takes it, `E0102 15:04:05` as Kubernetes writes it.</summary>
    private static LineLevel OfSyslogOrKlog(ReadOnlySpan<byte> line)
    {
        if (line[0] == (byte)'<' && line.IndexOf((byte)'>') is > 1 and <= 4 and var end && Utf8Parser.TryParse(line[1..end], out int priority, out _))
            return LevelWords.OfValue([(byte)('0' + (priority & 7))]);

        if (line.Length < 6 || line[5] != (byte)' ' || line[1..5].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return LineLevel.None;

        return line[0] switch
        {
            (byte)'E' or (byte)'F' => LineLevel.Error,
            (byte)'W' => LineLevel.Warning,
            (byte)'I' => LineLevel.Low,
            _ => LineLevel.None,
        };
    }

    /// <summary>The first word that is a level and stands as one: ERROR, [error], fail:.</summary>
    private static LineLevel OfWords(ReadOnlySpan<byte> line, out LineForm form)
    {
        form = LineForm.Plain;
        var words = 0;
        for (var start = 0; start < line.Length;)
        {
            if (!IsLetter(line[start]))
            {
                start++;
                continue;
            }

            var end = start + 1;
            while (end < line.Length && IsLetter(line[end]))
                end++;

            var word = line[start..end];
            if (Stands(line, start, end, words == 0) && LevelWords.OfWord(word) is not LineLevel.None and var level)
            {
                form = Form(line, start, end, level);
                return level;
            }

            // The T and Z of a time are no words.
            words += word.Length > 1 ? 1 : 0;
            start = end;
        }

        return LineLevel.None;
    }

    private static bool Stands(ReadOnlySpan<byte> line, int start, int end, bool isFirst)
    {
        var before = start == 0 ? (byte)' ' : line[start - 1];
        var after = end == line.Length ? (byte)' ' : line[end];
        var word = line[start..end];
        if (!word.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            return " \t[(|:\"-=<*]"u8.Contains(before) && " \t])|:,\"-<>*["u8.Contains(after);

        return (before == (byte)'[' && after == (byte)']') || (isFirst && after == (byte)':' && " \t]"u8.Contains(before));
    }

    private static LineForm Form(ReadOnlySpan<byte> line, int start, int end, LineLevel level)
    {
        var word = line[start..end];
        if (level == LineLevel.Error && word.SequenceEqual("Error"u8))
            return LineForm.Exception;
        if (level == LineLevel.Error && start == 0 && word.SequenceEqual("panic"u8))
            return LineForm.Crash;

        return start == 0 && line.Length > end && line[end] == (byte)':' && (word.SequenceEqual("fail"u8) || word.SequenceEqual("crit"u8) || word.SequenceEqual("warn"u8))
            ? LineForm.Header
            : LineForm.Plain;
    }

    private static LineLevel OfLook(ReadOnlySpan<byte> line, out LineForm form)
    {
        form = LineForm.Plain;
        if (line.StartsWith("Traceback (most recent call last)"u8))
            form = LineForm.Traceback;
        else if (line.StartsWith("fatal error:"u8) || line.StartsWith("Unhandled exception"u8) || line.StartsWith("Exception in thread"u8)
            || line.StartsWith("Uncaught "u8) || line.StartsWith("Segmentation fault"u8) || line.IndexOf(" panicked at "u8) >= 0)
            form = LineForm.Crash;
        else if (line.StartsWith("Caused by:"u8) || BeginsWithException(line) || NamesException(line))
            form = LineForm.Exception;

        return form == LineForm.Plain ? LineLevel.None : LineLevel.Error;
    }

    /// <summary>`java.io.IOException: broken`, `TypeError: x is not a function`.</summary>
    private static bool BeginsWithException(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)':', (byte)' ');
        var name = end < 0 ? line : line[..end];
        return name.Length > 5 && IsLetter(name[0]) && (end < 0 || line[end] == (byte)':') && (name.EndsWith("Exception"u8) || name.EndsWith("Error"u8));
    }

    private static bool NamesException(ReadOnlySpan<byte> line)
    {
        var name = "Exception"u8;
        var at = line.IndexOf(name);
        return at > 0 && IsLetter(line[at - 1]) && (at + name.Length == line.Length || ": \t("u8.Contains(line[at + name.Length]));
    }

    private static bool IsLetter(byte value) => (byte)(value | 0x20) is >= (byte)'a' and <= (byte)'z';
}
