using Slipway.Contracts.Versions;

namespace Slipway.Server.Versions;

/// <summary>What kind of file an artifact is: by its name, and by its first bytes.</summary>
internal static class ArtifactFormats
{
    /// <summary>How much of a file tells its format: the header of a tar.</summary>
    public const int BytesNeeded = 512;

    private static readonly (string Ending, ArtifactKind Kind)[] Endings =
    [
        (".tar.gz", ArtifactKind.TarGzip), (".tgz", ArtifactKind.TarGzip), (".tar.zst", ArtifactKind.TarZstd), (".tzst", ArtifactKind.TarZstd),
        (".tar", ArtifactKind.Tar), (".zip", ArtifactKind.Zip),
    ];

    /// <summary>Everything that is no archive is kept as one file: a Jar is a zip, but nobody wants it unpacked.</summary>
    public static ArtifactKind FromName(string fileName) =>
        Endings.Where(pair => fileName.EndsWith(pair.Ending, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Kind).FirstOrDefault(ArtifactKind.SingleFile);

    /// <summary>What the first bytes look like; <see cref="ArtifactKind.SingleFile"/>: no archive that Slipway unpacks.</summary>
    public static ArtifactKind FromContent(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => ArtifactKind.TarGzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => ArtifactKind.TarZstd,
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => ArtifactKind.Zip,
        _ => IsTar(head) ? ArtifactKind.Tar : ArtifactKind.SingleFile,
    };

    /// <summary>By the header's checksum, which every tar has; the magic word came later.</summary>
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < BytesNeeded)
            return false;

        var (stated, sum) = (0, 0);
        for (var i = 0; i < BytesNeeded; i++)
            sum += i is >= 148 and < 156 ? ' ' : head[i];

        foreach (var digit in head[148..156].Trim(" \0"u8))
            stated = digit is >= (byte)'0' and <= (byte)'7' ? (stated * 8) + digit - '0' : -1;

        return stated == sum && head[0] != 0;
    }
}
