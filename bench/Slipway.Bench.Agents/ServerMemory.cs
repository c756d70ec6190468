using System.Globalization;

namespace Slipway.Bench.Agents;

/// <summary>Resident memory of the servers' processes, in bytes.</summary>
internal static class ServerMemory
{
    public static long Of(IReadOnlyList<int> processes) => processes.Sum(Of);

    private static long Of(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>After what was busy a moment ago has calmed down.</summary>
    public static async Task<long> SettledAsync(IReadOnlyList<int> processes)
    {
        if (processes.Count == 0)
            return 0;

        var lowest = Of(processes);
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(500);
            lowest = Math.Min(lowest, Of(processes));
        }

        return lowest;
    }
}
