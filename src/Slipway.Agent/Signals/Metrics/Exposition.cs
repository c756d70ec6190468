using System.Buffers;

namespace Slipway.Agent.Signals.Metrics;

/// <summary>
/// Reads Prometheus' text format 0.0.4 and OpenMetrics' as far as is needed, line by line as the bytes come. What it does not understand it leaves out.
/// </summary>
internal sealed class Exposition(PageTotals totals) : IDisposable
{
    private const int LongestLine = 8 * 1024;
    private readonly byte[] unfinished = ArrayPool<byte>.Shared.Rent(LongestLine);
    private int length;
    private bool isTooLong;
    private bool hasLines;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                Keep(bytes);
                return;
            }

            if (length == 0 && !isTooLong)
            {
                Line(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                if (!isTooLong)
                    Line(unfinished.AsSpan(0, length));
            }

            (length, isTooLong) = (0, false);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <returns>False where there was nothing that could be a page of metrics.</returns>
    public bool End()
    {
        if (length > 0 && !isTooLong)
            Line(unfinished.AsSpan(0, length));

        return hasLines;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(unfinished);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        isTooLong |= length + bytes.Length > LongestLine;
        if (isTooLong)
            return;

        bytes.CopyTo(unfinished.AsSpan(length));
        length += bytes.Length;
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \r\t"u8);
        if (line.StartsWith("# TYPE "u8))
        {
            Type(line["# TYPE "u8.Length..]);
            return;
        }

        if (line.IsEmpty || line[0] == (byte)'#' || !Sample.TryParse(line, out var sample))
            return;

        hasLines = true;
        totals.Add(sample);
    }

    private void Type(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)' ') is > 0 and var end)
            totals.Type(text[..end], text[(end + 1)..].Trim((byte)' '));
    }
}
