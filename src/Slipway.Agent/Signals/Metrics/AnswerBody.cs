using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Slipway.Agent.Signals.Metrics;

/// <summary>The body of an HTTP/1.x answer, handed on as it comes: whole, by its length, or in chunks.</summary>
internal sealed class AnswerBody(AnswerBody.Receiver receive)
{
    private const int LongestHead = 16 * 1024;
    private readonly StringBuilder line = new();
    private Part part = Part.Status;
    private int headLength;
    private bool isChunked;

    /// <summary>Of the body, or of the chunk. -1: until the end of the connection.</summary>
    private long left = -1;

    public delegate void Receiver(ReadOnlySpan<byte> bytes);

    private enum Part
    {
        Status,
        Head,
        Body,
        ChunkLength,
        Chunk,
        ChunkEnd,
        Complete,
        Broken,
    }

    public bool IsComplete => part == Part.Complete;

    public bool IsOver => part is Part.Complete or Part.Broken;

    /// <summary>Nothing more comes.</summary>
    public void Close() => part = part == Part.Body && left < 0 ? Part.Complete : IsOver ? part : Part.Broken;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsOver)
        {
            if (part is Part.Body or Part.Chunk)
                bytes = TakeContent(bytes);
            else
                bytes = TakeText(bytes);
        }
    }

    private ReadOnlySpan<byte> TakeContent(ReadOnlySpan<byte> bytes)
    {
        var length = left < 0 ? bytes.Length : (int)Math.Min(left, bytes.Length);
        receive(bytes[..length]);
        if (left >= 0)
            left -= length;
        if (left == 0)
            part = part == Part.Chunk ? Part.ChunkEnd : Part.Complete;

        return bytes[length..];
    }

    private ReadOnlySpan<byte> TakeText(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var piece = end < 0 ? bytes : bytes[..end];
        headLength += piece.Length;
        if (headLength > LongestHead)
        {
            part = Part.Broken;
            return [];
        }

        line.Append(Encoding.Latin1.GetString(piece));
        if (end < 0)
            return [];

        var text = line.ToString().Trim();
        line.Clear();
        part = Next(text);
        return bytes[(end + 1)..];
    }

    private Part Next(string text)
    {
        switch (part)
        {
            case Part.Status:
                return text.StartsWith("HTTP/1.", StringComparison.Ordinal) && text.IndexOf(" 200", StringComparison.Ordinal) == 8 ? Part.Head : Part.Broken;
            case Part.Head when text.Length > 0:
                Header(text);
                return Part.Head;
            case Part.Head:
                return isChunked ? Part.ChunkLength : left == 0 ? Part.Complete : Part.Body;
            case Part.ChunkEnd:
                headLength = 0;
                return Part.ChunkLength;
            default:
                return Utf8Parser.TryParse(Encoding.Latin1.GetBytes(text), out long length, out _, 'x') && length >= 0 ? Chunk(length) : Part.Broken;
        }
    }

    private Part Chunk(long length)
    {
        left = length;
        return length == 0 ? Part.Complete : Part.Chunk;
    }

    private void Header(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return;

        var name = text.AsSpan(0, colon);
        var value = text.AsSpan(colon + 1).Trim();
        if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            isChunked = value.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        else if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            left = length;
    }
}
