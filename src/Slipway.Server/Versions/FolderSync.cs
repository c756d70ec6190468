using System.Runtime.InteropServices;

namespace Slipway.Server.Versions;

/// <summary>Makes a rename survive a power loss: the folder itself is written to the disk. .NET has no call for it.</summary>
internal static class FolderSync
{
    public static void Flush(string folder)
    {
        var file = Open(folder, 0);
        if (file < 0)
            return;

        // A file system that cannot flush folders is one that needs no such call, or nothing helps.
        _ = Fsync(file);
        _ = Close(file);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
