namespace Slipway.Agent.Preparing.Archives;

/// <summary>
/// Reads a tar stream (ustar, GNU, pax). Our own instead of System.Formats.Tar for two reasons: an archive there can make it allocate 2 GB for one
/// pax header, and here a file's bytes go from the decoder's buffer to the file without a copy.
/// </summary>
internal sealed class TarReader(Stream source)
{
    public const int BufferSize = 256 * 1024;
    private const int Block = 512;
    private const int MaximumExtension = 1024 * 1024;
    private readonly byte[] buffer = new byte[BufferSize];
    private readonly TarExtensions extensions = new();
    private int start;
    private int end;

    /// <summary>The next entry, or null at the end of the archive. The content of the one before must have been read.</summary>
    public TarEntry? Next()
    {
        while (true)
        {
            var header = Take(Block);
            if (header.Length == 0 || TarHeader.IsZero(header))
                return null;

            var entry = TarHeader.Parse(header);
            if (!TarExtensions.IsExtension(entry.Type))
                return extensions.ApplyTo(entry);

            if (entry.Size > MaximumExtension)
                throw new UnsafeArchiveException(entry.Name, "has an extended header of more than 1 MB");

            extensions.Read(entry.Type, Take((int)entry.Size));
            SkipPadding(entry.Size);
        }
    }

    /// <summary>The next bytes of an entry's content: as many as are at hand, at most <paramref name="remaining"/>. Valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadContent(long remaining)
    {
        if (start == end)
        {
            (start, end) = (0, 0);
            Fill();
        }

        var length = (int)Math.Min(remaining, end - start);
        if (length == 0)
            throw new InvalidDataException("The archive ends in the middle of a file.");

        start += length;
        return buffer.AsSpan(start - length, length);
    }

    public void SkipPadding(long size)
    {
        var padding = (int)(-size & (Block - 1));
        if (padding > 0 && Take(padding).Length == 0)
            throw new InvalidDataException("The archive ends in the middle of an entry.");
    }

    /// <summary>Exactly this many bytes; none at the end of the stream.</summary>
    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > BufferSize)
            return TakeLong(length);

        while (end - start < length)
        {
            if (start > 0 && start + length > BufferSize)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (Fill())
                continue;

            return end == start ? [] : throw new InvalidDataException("The archive ends in the middle of an entry.");
        }

        start += length;
        return buffer.AsSpan(start - length, length);
    }

    private byte[] TakeLong(int length)
    {
        var all = new byte[length];
        for (var done = 0; done < length;)
        {
            var part = ReadContent(length - done);
            part.CopyTo(all.AsSpan(done));
            done += part.Length;
        }

        return all;
    }

    private bool Fill()
    {
        var read = source.Read(buffer, end, BufferSize - end);
        end += read;
        return read > 0;
    }
}
