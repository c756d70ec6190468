using System.Diagnostics;

namespace Slipway.Tests;

/// <summary>A folder on a file system (a tmpfs) of a few megabytes, which can be filled. Where nobody may mount one, it is an ordinary folder.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder, bool mounted) => (Folder, IsMounted) = (folder, mounted);

    public string Folder { get; }

    /// <summary>False: filling it would fill the machine's disk.</summary>
    public bool IsMounted { get; }

    private string Ballast => Path.Combine(Folder, ".ballast");

    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var mounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "slipway-tests", folder);
        return new(folder, mounted);
    }

    /// <summary>No disk of its own: for whoever must not mount one.</summary>
    public static SmallDisk Ordinary(string folder) => new(Directory.CreateDirectory(folder).FullName, mounted: false);

    /// <summary>Until nothing fits any more.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1024 * 1024, 4096 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (IsMounted)
            Run("umount", "-l", Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
