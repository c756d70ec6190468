namespace Slipway.Agent.Identity;

/// <summary>Replaces a file so that a crash or power loss leaves the old content or the new, never a part.</summary>
internal static class AtomicFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>One writer at a time per path.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = OwnerOnly, bool flushToDisk = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = OperatingSystem.IsWindows() ? null : mode,
        };
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            if (flushToDisk)
                file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
