using System.Diagnostics;
using System.Globalization;

namespace Slipway.Chaos.Stack;

/// <summary>A process of a service, found by what its agent gave it as environment.</summary>
internal sealed record ServiceProcess(int Id, int Group, string Instance, string Service, string Version)
{
    /// <summary>The leaders of everything that runs for this instance: a program and its children count once.</summary>
    public static IReadOnlyList<ServiceProcess> Of(string instance) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Read).OfType<ServiceProcess>().Where(process => process.Instance == instance).GroupBy(process => process.Group).Select(group => group.MinBy(process => process.Id == process.Group ? 0 : process.Id)!)];

    public void Signal(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + signal, Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private static ServiceProcess? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
            return null;

        try
        {
            var environment = File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
            if (environment["SLIPWAY_INSTANCE"].FirstOrDefault() is not { } instance)
                return null;

            // "pid (name) state parent group …"; a name may have blanks and parentheses.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : new(id, int.Parse(fields[2], CultureInfo.InvariantCulture), instance, environment["SLIPWAY_SERVICE"].First(), environment["SLIPWAY_VERSION"].First());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or somebody else's.
            return null;
        }
    }
}
