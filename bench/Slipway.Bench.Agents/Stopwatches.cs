using System.Diagnostics;

namespace Slipway.Bench.Agents;

internal static class Stopwatches
{
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
