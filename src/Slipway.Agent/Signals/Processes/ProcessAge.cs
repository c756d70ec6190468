using System.Buffers.Text;

namespace Slipway.Agent.Signals.Processes;

/// <summary>When processes were started.</summary>
internal static class ProcessAge
{
    private const double TicksPerSecond = 100;
    private static readonly ProcessFiles Files = new();

    /// <summary>Ticks since the machine was started, or 0 where it does not say.</summary>
    public static long Now()
    {
        Span<byte> text = stackalloc byte[128];
        var length = ProcessFiles.ReadFile("/proc/uptime\0"u8, text);
        return length > 0 && Utf8Parser.TryParse(text[..length], out double seconds, out _) ? (long)(seconds * TicksPerSecond) : 0;
    }

    /// <returns>Now, where there is no such process (any more).</returns>
    public static DateTimeOffset StartOf(int pid, DateTimeOffset now)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = pid > 0 ? Files.Read(pid, "stat"u8, text) : 0;
        if (length <= 0 || !ProcessStat.TryParse(text[..length], out var stat))
            return now;

        var age = Now() - stat.StartTicks;
        return age > 0 ? now - TimeSpan.FromSeconds(age / TicksPerSecond) : now;
    }
}
