using System.Globalization;
using System.Text;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>Long names and pax records that stand in front of the entry they belong to.</summary>
internal sealed class TarExtensions
{
    private string? name;
    private string? linkName;
    private long? size;
    private long? time;

    public static bool IsExtension(char type) => type is 'x' or 'g' or 'L' or 'K';

    public void Read(char type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case 'L':
                name = TarHeader.Text(content);
                break;
            case 'K':
                linkName = TarHeader.Text(content);
                break;
            case 'x':
                ReadPax(content);
                break;
                // 'g': global records (git writes its commit there) change nothing we use.
        }
    }

    public TarEntry ApplyTo(TarEntry entry)
    {
        var result = entry with
        {
            Name = name ?? entry.Name,
            LinkName = linkName ?? entry.LinkName,
            Size = size ?? entry.Size,
            Time = time ?? entry.Time,
        };
        (name, linkName, size, time) = (null, null, null, null);
        return result.Type == '0' && result.Name.EndsWith('/') ? result with { Type = '5' } : result;
    }

    /// <summary>Records of the form "length key=value\n".</summary>
    private void ReadPax(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 1 || !int.TryParse(rest[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > rest.Length)
                throw new InvalidDataException("The archive is damaged: an extended header is malformed.");

            var record = rest[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals > 0)
                Take(record[..equals], Encoding.UTF8.GetString(record[(equals + 1)..]));

            rest = rest[length..];
        }
    }

    private void Take(ReadOnlySpan<byte> key, string value)
    {
        if (key.SequenceEqual("path"u8))
            name = value;
        else if (key.SequenceEqual("linkpath"u8))
            linkName = value;
        else if (key.SequenceEqual("size"u8))
            size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : throw new InvalidDataException("The archive has a size that is no number.");
        else if (key.SequenceEqual("mtime"u8))
            time = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var t) && t is > -1e15m and < 1e15m ? (long)t : null;
        else if (key.StartsWith("GNU.sparse."u8))
            throw new UnsafeArchiveException(name ?? "?", "is a sparse file, which is not supported: pack it without --sparse");
    }
}
