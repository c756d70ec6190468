using System.IO.Compression;
using System.Text;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>Unpacks a zip file into a folder under the same rules as <see cref="TarUnpacker"/>.</summary>
internal static class ZipUnpacker
{
    private const int TypeMask = 0xF000;
    private const int LinkType = 0xA000;
    private const int FolderType = 0x4000;
    private const int FileType = 0x8000;
    private const int DefaultFileMode = 0b110_100_100;
    private const int DefaultFolderMode = 0b111_101_101;

    public static void Unpack(Stream file, UnpackFolder folder)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        var buffer = new byte[TarReader.BufferSize];
        try
        {
            foreach (var entry in archive.Entries)
                Unpack(entry, folder, buffer);
        }
        finally
        {
            folder.AbandonFile();
        }

        folder.Finish();
    }

    private static void Unpack(ZipArchiveEntry entry, UnpackFolder folder, byte[] buffer)
    {
        // Made on Unix: the upper half is the mode. Made elsewhere: zero, and some tools for Windows separate folders in their own way.
        var attributes = (int)((uint)entry.ExternalAttributes >> 16);
        var mode = attributes & 0xFFF;
        var time = entry.LastWriteTime.ToUnixTimeSeconds();
        var name = attributes == 0 ? entry.FullName.Replace('\\', '/') : entry.FullName;
        switch (attributes & TypeMask)
        {
            case LinkType:
                folder.AddSymbolicLink(name, ReadTarget(entry));
                break;
            case 0 or FileType or FolderType when name.EndsWith('/'):
                folder.AddFolder(name, mode == 0 ? DefaultFolderMode : mode, time);
                break;
            case 0 or FileType:
                UnpackFile(entry, name, folder, buffer, mode == 0 ? DefaultFileMode : mode, time);
                break;
            default:
                throw new UnsafeArchiveException(name, "is a device, a pipe or something else that is not supported");
        }
    }

    private static void UnpackFile(ZipArchiveEntry entry, string name, UnpackFolder folder, byte[] buffer, int mode, long time)
    {
        if (entry.IsEncrypted)
            throw new UnsafeArchiveException(name, "is encrypted");

        folder.BeginFile(name);
        using var content = entry.Open();
        for (var read = content.Read(buffer); read > 0; read = content.Read(buffer))
            folder.Write(buffer.AsSpan(0, read));

        folder.EndFile(mode, time);
    }

    private static string ReadTarget(ZipArchiveEntry entry)
    {
        if (entry.Length > EntryPath.MaximumPath)
            throw new UnsafeArchiveException(entry.FullName, "is a link with a target that is too long");

        using var content = entry.Open();
        var target = new byte[EntryPath.MaximumPath + 1];
        return Encoding.UTF8.GetString(target, 0, content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false));
    }
}
