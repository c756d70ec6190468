using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Slipway.Agent.Signals.Lines;

/// <summary>Words and numbers that loggers use for levels.</summary>
internal static class LevelWords
{
    private const int LongestWord = 13;

    /// <summary>The value of a field that is known to be a level.</summary>
    public static LineLevel OfValue(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && value[0] is >= (byte)'0' and <= (byte)'9' ? OfNumber(value) : OfWord(value);

    /// <summary>In any case.</summary>
    public static LineLevel OfWord(ReadOnlySpan<byte> word)
    {
        if (word.Length is 0 or > LongestWord)
            return LineLevel.None;

        Span<byte> buffer = stackalloc byte[LongestWord];
        return Ascii.ToLower(word, buffer, out var length) != OperationStatus.Done ? LineLevel.None : OfLower(buffer[..length]);
    }

    private static LineLevel OfLower(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("error"u8) || word.SequenceEqual("err"u8) || word.SequenceEqual("eror"u8) || word.SequenceEqual("fail"u8)
            || word.SequenceEqual("fatal"u8) || word.SequenceEqual("ftl"u8) || word.SequenceEqual("critical"u8) || word.SequenceEqual("crit"u8)
            || word.SequenceEqual("severe"u8) || word.SequenceEqual("panic"u8) || word.SequenceEqual("dpanic"u8) || word.SequenceEqual("alert"u8)
            || word.SequenceEqual("emerg"u8) || word.SequenceEqual("emergency"u8))
            return LineLevel.Error;

        if (word.SequenceEqual("warn"u8) || word.SequenceEqual("warning"u8) || word.SequenceEqual("wrn"u8))
            return LineLevel.Warning;

        return word.SequenceEqual("info"u8) || word.SequenceEqual("inf"u8) || word.SequenceEqual("information"u8) || word.SequenceEqual("informational"u8)
            || word.SequenceEqual("debug"u8) || word.SequenceEqual("dbg"u8) || word.SequenceEqual("dbug"u8) || word.SequenceEqual("trace"u8)
            || word.SequenceEqual("trce"u8) || word.SequenceEqual("trc"u8) || word.SequenceEqual("notice"u8) || word.SequenceEqual("verbose"u8)
            || word.SequenceEqual("vrb"u8)
            ? LineLevel.Low
            : LineLevel.None;
    }

    /// <summary>Below 10 syslog's, where less is worse; from 10 on Pino's and Bunyan's, where more is.</summary>
    private static LineLevel OfNumber(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out int number, out var length) || length != value.Length)
            return LineLevel.None;

        return number switch
        {
            < 0 => LineLevel.None,
            <= 3 => LineLevel.Error,
            4 => LineLevel.Warning,
            < 40 => LineLevel.Low,
            < 50 => LineLevel.Warning,
            _ => LineLevel.Error,
        };
    }
}
