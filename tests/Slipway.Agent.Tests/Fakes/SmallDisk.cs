using System.Diagnostics;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>A tmpfs of a few megabytes in place of a folder.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder, bool mounted) => (this.folder, IsMounted) = (folder, mounted);

    public bool IsMounted { get; }

    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        return new(folder, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder));
    }

    public void Dispose()
    {
        if (IsMounted)
            Run("umount", "-l", folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
