using System.Formats.Tar;
using System.Security.Cryptography;
using Slipway.Contracts.Ids;
using ZstdSharp;

namespace Slipway.Cli.Packing;

/// <summary>
/// Packs a folder so that the same content always gives the same bytes: sorted, no times, no owners. So an unchanged build is
/// recognised by its digest and neither uploaded nor unpacked twice.
/// </summary>
internal static class TarZstd
{
    private const int Level = 3;

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Answers the sha256 of what it wrote.</summary>
    public static async Task<ArtifactDigest> WriteAsync(
        string folder, IReadOnlyList<FolderEntry> entries, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        await using (var hashing = new HashingStream(file, hash))
        await using (var buffer = new BufferedStream(hashing, 256 * 1024))
        await using (var compressed = new CompressionStream(buffer, Level, leaveOpen: true))
        await using (var tar = new TarWriter(compressed, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var entry in entries)
                await WriteAsync(tar, folder, entry, cancellation);
        }

        return ArtifactDigest.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task WriteAsync(TarWriter tar, string folder, FolderEntry entry, CancellationToken cancellation)
    {
        // GNU, not PAX: .NET puts the process id into the names of PAX headers.
        var header = new GnuTarEntry(TypeOf(entry.Kind), entry.Kind == EntryKind.Folder ? entry.Path + "/" : entry.Path)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = default,
            ChangeTime = default,
            Mode = entry.Kind != EntryKind.File || entry.Executable ? Runnable : Readable,
        };

        if (entry.LinkTarget is { } target)
            header.LinkName = target;

        if (entry.Kind != EntryKind.File)
        {
            await tar.WriteEntryAsync(header, cancellation);
            return;
        }

        await using var content = new FileStream(Path.Combine(folder, entry.Path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        header.DataStream = content;
        await tar.WriteEntryAsync(header, cancellation);
    }

    private static TarEntryType TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Folder => TarEntryType.Directory,
        EntryKind.Link => TarEntryType.SymbolicLink,
        _ => TarEntryType.RegularFile,
    };
}
