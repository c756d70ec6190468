using System.Globalization;

namespace Slipway.Bench.Agents;

/// <summary>Resident memory of the server's process, in bytes.</summary>
internal static class ServerMemory
{
    public static long Of(int process)
    {
        if (process == 0)
            return 0;

        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>After what was busy a moment ago has calmed down.</summary>
    public static async Task<long> SettledAsync(int process)
    {
        if (process == 0)
            return 0;

        var lowest = Of(process);
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(500);
            lowest = Math.Min(lowest, Of(process));
        }

        return lowest;
    }
}
