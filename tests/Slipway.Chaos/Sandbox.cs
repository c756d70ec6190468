using System.Diagnostics;

namespace Slipway.Chaos;

/// <summary>
/// Where root may: network, mounts and processes of a run are in namespaces of its own. Nothing of it meets anything else on the machine,
/// and all of it ends with this program, however that ends.
/// </summary>
internal static class Sandbox
{
    private const string Mark = "SLIPWAY_CHAOS_SANDBOX";

    private static readonly string[] Unshare = ["--pdeathsig", "KILL", "unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"];

    /// <summary>Bash is the first process there, because somebody has to reap what loses its parent.</summary>
    private const string Script = "ip link set lo up && mkdir -p /run/netns && mount -t tmpfs none /run/netns && mount -t tmpfs none /dev/shm && \"$@\"; exit $?";

    public static bool IsInside => Environment.GetEnvironmentVariable(Mark) == "yes";

    public static bool IsPossible() => Environment.IsPrivilegedProcess && Run([.. Unshare, "bash", "-c", "ip link set lo up"], quiet: true) == 0;

    /// <summary>A small disk of a program's own; outside it is an ordinary folder.</summary>
    public static SmallDisk Disk(string folder, int megabytes) => IsInside ? SmallDisk.Mount(folder, megabytes) : SmallDisk.Ordinary(folder);

    /// <summary>The same program with the same arguments, inside. Called on the main thread, whose end is the end of all inside.</summary>
    public static int Enter(string[] arguments)
    {
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]]
            : [Environment.ProcessPath!];
        return Run([.. Unshare, "bash", "-c", Script, "chaos", .. self, .. arguments], quiet: false);
    }

    private static int Run(IEnumerable<string> words, bool quiet)
    {
        var start = new ProcessStartInfo("setpriv", words) { RedirectStandardError = quiet, RedirectStandardOutput = quiet };
        start.Environment[Mark] = "yes";
        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 127;
        }
    }
}
