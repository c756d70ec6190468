using System.Globalization;
using System.Text;

namespace Slipway.Agent.Supervision;

/// <summary>What /proc says of processes. Read when something is started, stopped or looked for, never at rest.</summary>
internal static class ProcessTable
{
    /// <summary>The environment variable that marks every process of one run of a service.</summary>
    public const string Marker = "SLIPWAY_RUN";

    /// <summary>Another one after each reboot.</summary>
    public static string Boot { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public static ProcessEntry? Read(int pid) => Text($"/proc/{pid}/stat") is { } stat ? ProcessEntry.Parse(stat) : null;

    /// <summary>Those of a process group that have not ended.</summary>
    public static List<ProcessEntry> Group(int group) =>
        [.. All().Where(entry => entry.Group == group && !entry.HasEnded)];

    /// <summary>Those of a run that are in its process group, whoever is their parent by now.</summary>
    public static List<ProcessEntry> Run(string run, int group) =>
        [.. All().Where(entry => entry.Group == group && !entry.HasEnded && HasMarker(entry.Pid, run))];

    /// <summary>The process a run began with: it leads its own session. Null when it has ended or was never started.</summary>
    public static ProcessIdentity? Leader(string run)
    {
        foreach (var entry in All())
        {
            if (entry.Session == entry.Pid && !entry.HasEnded && HasMarker(entry.Pid, run))
                return new(entry.Pid, entry.StartTicks, Boot);
        }

        return null;
    }

    public static bool HasMarker(int pid, string run) =>
        Text($"/proc/{pid}/environ") is { } environment && environment.Split('\0').Contains($"{Marker}={run}");

    private static IEnumerable<ProcessEntry> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Read(pid) is { } entry)
                yield return entry;
        }
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process went away, or is not ours to look into.
            return null;
        }
    }
}
