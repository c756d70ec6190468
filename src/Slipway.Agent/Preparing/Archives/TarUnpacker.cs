namespace Slipway.Agent.Preparing.Archives;

/// <summary>Unpacks a (decompressed) tar stream into a folder, refusing whatever could touch anything outside it.</summary>
internal static class TarUnpacker
{
    public static void Unpack(Stream tar, UnpackFolder folder)
    {
        var reader = new TarReader(tar);
        try
        {
            while (reader.Next() is { } entry)
                Unpack(reader, entry, folder);
        }
        finally
        {
            folder.AbandonFile();
        }

        folder.Finish();
    }

    private static void Unpack(TarReader reader, TarEntry entry, UnpackFolder folder)
    {
        switch (entry.Type)
        {
            case '0' or '7':
                UnpackFile(reader, entry, folder);
                break;
            case '1':
                folder.AddHardLink(entry.Name, entry.LinkName);
                break;
            case '2':
                folder.AddSymbolicLink(entry.Name, entry.LinkName);
                break;
            case '5':
                folder.AddFolder(entry.Name, entry.Mode, entry.Time);
                break;
            case '3' or '4':
                throw new UnsafeArchiveException(entry.Name, "is a device");
            case '6':
                throw new UnsafeArchiveException(entry.Name, "is a named pipe");
            default:
                throw new UnsafeArchiveException(entry.Name, $"is of a kind that is not supported ('{entry.Type}')");
        }
    }

    private static void UnpackFile(TarReader reader, TarEntry entry, UnpackFolder folder)
    {
        folder.BeginFile(entry.Name);
        for (var remaining = entry.Size; remaining > 0;)
        {
            var content = reader.ReadContent(remaining);
            folder.Write(content);
            remaining -= content.Length;
        }

        reader.SkipPadding(entry.Size);
        folder.EndFile(entry.Mode, entry.Time);
    }
}
