using Slipway.Agent.Preparing.Archives;

namespace Slipway.Agent.Preparing;

/// <summary>No room: recognised, and told with numbers.</summary>
internal static class DiskFull
{
    public static bool Is(Exception e) => e is IOException { HResult: Posix.NoSpace or Posix.QuotaExceeded };

    /// <summary>Throws where the archive alone would not fit.</summary>
    public static void CheckRoomFor(long bytes, string folder)
    {
        var free = Free(folder);
        if (free < bytes)
            throw Failure(folder, $"the artifact alone needs {Megabytes(bytes)}");
    }

    public static PrepareException Failure(string folder, string need) =>
        new("disk_full", $"The disk of {folder} is full: {Megabytes(Free(folder))} are free, {need}. Make room there, or keep fewer versions (keep: in slipway.yaml).");

    private static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:0.#} MB";
}
