using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Server.Engine;

namespace Slipway.CrashHost;

/// <summary>kill -9 of itself at a named point, the n-th time it is passed.</summary>
internal sealed class SuddenDeath(string where) : ICrashPoints
{
    private const int SigKill = 9;

    private readonly string point = where.Split('#')[0];
    private int left = where.Split('#') is [_, var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 1;

    public void Pass(string point)
    {
        if (point == this.point && Interlocked.Decrement(ref left) == 0)
            _ = Kill(Environment.ProcessId, SigKill);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
