using System.Text;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>One 512-byte tar header.</summary>
internal static class TarHeader
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: false);

    public static bool IsZero(ReadOnlySpan<byte> block) => block.IndexOfAnyExcept((byte)0) < 0;

    public static TarEntry Parse(ReadOnlySpan<byte> block)
    {
        CheckSum(block);
        var name = Text(block[..100]);
        var isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        if (isUstar && Text(block.Slice(345, 155)) is { Length: > 0 } prefix)
            name = prefix + "/" + name;

        var type = block[156] == 0 ? '0' : (char)block[156];
        var size = Number(block.Slice(124, 12));
        if (size < 0)
            throw new InvalidDataException("The archive has an entry of negative size.");

        // Before 1988 a folder was a file whose name ends in a slash.
        if (type == '0' && name.EndsWith('/'))
            type = '5';

        return new(name, Text(block.Slice(157, 100)), type, size, (int)(Number(block.Slice(100, 8)) & 0xFFF), Number(block.Slice(136, 12)));
    }

    public static string Text(ReadOnlySpan<byte> field)
    {
        var zero = field.IndexOf((byte)0);
        return Utf8.GetString(zero < 0 ? field : field[..zero]);
    }

    /// <summary>Octal digits, or with the first bit set a big-endian binary number (GNU, above 8 GB).</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
            return Binary(field);

        long value = 0;
        foreach (var b in field.Trim((byte)' '))
        {
            if (b is 0 or (byte)' ')
                break;
            if (b is < (byte)'0' or > (byte)'7')
                throw new InvalidDataException("The archive is damaged: a header has a number that is none.");

            value = (value << 3) | (uint)(b - '0');
        }

        return value;
    }

    private static long Binary(ReadOnlySpan<byte> field)
    {
        var negative = (field[0] & 0x40) != 0;
        var value = negative ? -1L : 0;
        for (var i = 0; i < field.Length; i++)
        {
            var b = i == 0 && !negative ? (byte)(field[0] & 0x7F) : field[i];
            if (!negative && value > (long.MaxValue >> 8))
                throw new InvalidDataException("The archive has a number that is too large.");

            value = (value << 8) | b;
        }

        return value;
    }

    private static void CheckSum(ReadOnlySpan<byte> block)
    {
        var sum = 8 * ' ';
        for (var i = 0; i < block.Length; i++)
        {
            if (i is < 148 or >= 156)
                sum += block[i];
        }

        if (Number(block.Slice(148, 8)) != sum)
            throw new InvalidDataException("The archive is damaged, or is not of the format it was published as.");
    }
}
