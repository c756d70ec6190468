using System.Globalization;

namespace Slipway.Agent.Supervision;

/// <summary>What /proc/PID/stat says of a process.</summary>
internal readonly record struct ProcessEntry(int Pid, char State, int Parent, int Group, int Session, long StartTicks)
{
    /// <summary>Dead, though its parent may not have asked for its exit code yet.</summary>
    public bool HasEnded => State is 'Z' or 'X' or 'x';

    /// <summary>The second field is the program's name in brackets, and the name may itself hold brackets and spaces: fields are counted after the last one.</summary>
    public static ProcessEntry? Parse(string stat)
    {
        var nameEnd = stat.LastIndexOf(')');
        if (nameEnd < 0)
            return null;

        var fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20)
            return null;

        return new(
            int.Parse(stat.AsSpan(0, stat.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
            fields[0][0],
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            int.Parse(fields[3], CultureInfo.InvariantCulture),
            long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
