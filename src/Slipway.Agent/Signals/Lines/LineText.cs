using System.Buffers.Text;
using System.Text;

namespace Slipway.Agent.Signals.Lines;

/// <summary>The part of a line by which errors are told apart: what was said, without what a format puts around it.</summary>
internal static class LineText
{
    public const int Longest = 500;

    /// <param name="target">Of <see cref="Longest"/> characters.</param>
    public static int Said(ReadOnlySpan<byte> line, Span<char> target)
    {
        Span<byte> said = stackalloc byte[Longest];
        if (line is [(byte)'{', ..] && JsonLine.Read(line) is { Message.IsEmpty: false } json)
            return Join(json.Message, IsText(json.Exception) ? json.Exception : [], said, target);

        return LogfmtLine.TryMessage(line, out var message, out var error) && !message.IsEmpty
            ? Join(message, error, said, target)
            : Decode(line, target);
    }

    /// <summary>As it is, for a person.</summary>
    public static string Example(ReadOnlySpan<byte> line)
    {
        Span<char> text = stackalloc char[Longest];
        return new(text[..Decode(line, text)]);
    }

    private static int Join(ReadOnlySpan<byte> message, ReadOnlySpan<byte> error, Span<byte> said, Span<char> target)
    {
        var length = Unescape(message, said);
        if (!error.IsEmpty && length < said.Length - 1)
        {
            said[length++] = (byte)' ';
            length += Unescape(error, said[length..]);
        }

        return Decode(said[..length], target);
    }

    /// <summary>The first line of an escaped text.</summary>
    private static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = 0;
        for (var at = 0; at < text.Length && length < target.Length - 4; at++)
        {
            if (text[at] != (byte)'\\' || at + 1 == text.Length)
            {
                target[length++] = text[at];
                continue;
            }

            var escaped = text[++at];
            if (escaped is (byte)'n' or (byte)'r')
                break;

            if (escaped == (byte)'u' && text.Length - at > 4 && Utf8Parser.TryParse(text.Slice(at + 1, 4), out ushort code, out _, 'X'))
            {
                length += (Rune.TryCreate((char)code, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(target[length..]);
                at += 4;
                continue;
            }

            target[length++] = escaped == (byte)'t' ? (byte)' ' : escaped;
        }

        return length;
    }

    private static int Decode(ReadOnlySpan<byte> text, Span<char> target)
    {
        if (text.Length > Longest)
        {
            var end = Longest;
            while (end > 0 && (text[end] & 0xc0) == 0x80)
                end--;
            text = text[..end];
        }

        var length = Encoding.UTF8.GetChars(text, target);
        foreach (ref var character in target[..length])
        {
            if (char.IsControl(character))
                character = ' ';
        }

        return length;
    }

    private static bool IsText(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && !value.SequenceEqual("null"u8) && !value.SequenceEqual("true"u8) && !value.SequenceEqual("false"u8);
}
