namespace Slipway.Server.Persistence;

/// <summary>Files with secrets, which nobody but their owner may read, not even for a moment.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Replaces what is there; on the disk when it returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
