using System.Buffers.Text;

namespace Slipway.Agent.Signals.Processes;

/// <summary>What is measured by /proc/PID/stat. Times are in ticks of 10 ms.</summary>
/// <param name="OwnTicks">Of the processor, by itself.</param>
/// <param name="ChildTicks">Of the processor, by children that have ended and were waited for, and theirs.</param>
internal readonly record struct ProcessStat(
    int Pid, char State, int Parent, int Group, int Session, long OwnTicks, long ChildTicks, int Threads, long StartTicks, long ResidentPages)
{
    private const int LastField = 21;

    public bool HasEnded => State is 'Z' or 'X' or 'x';

    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        stat = default;

        // The program's name is in brackets and may hold brackets and spaces itself.
        var nameEnd = text.LastIndexOf((byte)')');
        if (nameEnd < 0 || !Utf8Parser.TryParse(text, out int pid, out _) || nameEnd + 2 >= text.Length)
            return false;

        Span<long> fields = stackalloc long[LastField + 1];
        var state = (char)text[nameEnd + 2];
        var rest = text[(nameEnd + 3)..];
        for (var field = 1; field <= LastField; field++)
        {
            rest = rest.TrimStart((byte)' ');
            var end = rest.IndexOf((byte)' ');
            var value = end < 0 ? rest : rest[..end];

            // What is not measured may be larger than a long.
            if (!Utf8Parser.TryParse(value, out fields[field], out _) && field is not 6 and not 20)
                return false;

            rest = end < 0 ? [] : rest[end..];
        }

        stat = new(
            pid, state, (int)fields[1], (int)fields[2], (int)fields[3], fields[11] + fields[12], fields[13] + fields[14], (int)fields[17], fields[19],
            fields[21]);
        return true;
    }
}
