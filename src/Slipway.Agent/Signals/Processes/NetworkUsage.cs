using System.Buffers;
using System.Buffers.Text;

namespace Slipway.Agent.Signals.Processes;

/// <summary>
/// Bytes that came and went over the interfaces that a service sees, the machine's own conversation with itself left out. Whatever else is in the same network
/// namespace is counted with it: the kernel counts interfaces and not processes.
/// </summary>
internal sealed class NetworkUsage(IProcessFiles files)
{
    private const int MostText = 32 * 1024;
    private const int SentField = 8;
    private int of;
    private long before = -1;

    public void Forget() => before = -1;

    /// <returns>Bytes a second, NaN where they cannot be compared with those before.</returns>
    public double Measure(int pid, double seconds)
    {
        var (last, now) = (of == pid ? before : -1, Read(pid));
        (of, before) = (pid, now);

        // An interface that went away took its count with it.
        return last < 0 || now < last ? double.NaN : (now - last) / seconds;
    }

    private long Read(int pid)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MostText);
        try
        {
            var length = files.Read(pid, "net/dev"u8, buffer);
            return length > 0 ? Sum(buffer.AsSpan(0, length)) : -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static long Sum(ReadOnlySpan<byte> text)
    {
        var sum = 0L;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimStart((byte)' ');
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].SequenceEqual("lo"u8))
                continue;

            line = line[(colon + 1)..];
            for (var field = 0; field <= SentField && !line.IsEmpty; field++)
            {
                line = line.TrimStart((byte)' ');
                if (field is 0 or SentField && Utf8Parser.TryParse(line, out long bytes, out _))
                    sum += bytes;

                var end = line.IndexOf((byte)' ');
                line = end < 0 ? [] : line[end..];
            }
        }

        return sum;
    }
}
