using System.Text;

namespace Slipway.Agent.Logs;

/// <summary>Makes lines of bytes that come in pieces: cut at 16 KB, what is not UTF-8 replaced, a carriage return before the newline dropped.</summary>
internal sealed class LineSplitter
{
    private readonly byte[] unfinished = new byte[LogTail.LongestLine];
    private int length;

    public bool HasUnfinished => length > 0;

    public void Add(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];

            // What does not fit any more is left out, up to the end of the line.
            var fits = Math.Min(piece.Length, unfinished.Length - length);
            piece[..fits].CopyTo(unfinished.AsSpan(length));
            length += fits;
            if (end >= 0)
                Finish(lines);
        }
    }

    /// <summary>Nothing more comes: what has no newline yet is a line, too.</summary>
    public void End(List<string> lines)
    {
        if (HasUnfinished)
            Finish(lines);
    }

    private void Finish(List<string> lines)
    {
        var line = unfinished.AsSpan(0, length);
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        lines.Add(Encoding.UTF8.GetString(line));
        length = 0;
    }
}
