using Slipway.Cli.Running;
using Slipway.Client.Uploads;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Packing;

/// <summary>Makes one file of what somebody wants to publish.</summary>
internal static class Packer
{
    private static readonly (string Ending, ArtifactKind Format)[] Archives =
    [
        (".tar.gz", ArtifactKind.TarGzip),
        (".tgz", ArtifactKind.TarGzip),
        (".tar.zst", ArtifactKind.TarZstd),
        (".tzst", ArtifactKind.TarZstd),
        (".tar", ArtifactKind.Tar),
        (".zip", ArtifactKind.Zip),
    ];

    /// <param name="given">The path as it was typed.</param>
    /// <param name="folder">What it is relative to.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<Parcel> PackAsync(string given, string folder, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(given, folder);
        if (Directory.Exists(path))
            return await PackDirectoryAsync(path.TrimEnd('/'), given, cancellation);

        if (!File.Exists(path))
            throw StopException.Usage("path_not_found", $"{given} does not exist.", "Give the folder, archive or file that your build made.");

        var name = Path.GetFileName(path);
        var digest = await UploadsClient.DigestAsync(path, cancellation);
        return new Parcel(path, name, FormatOf(name), new FileInfo(path).Length, digest);
    }

    /// <summary>By the file's name; what is no archive stays the single file it is.</summary>
    public static ArtifactKind FormatOf(string name)
    {
        foreach (var (ending, format) in Archives)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return format;
        }

        return ArtifactKind.SingleFile;
    }

    private static async Task<Parcel> PackDirectoryAsync(string folder, string given, CancellationToken cancellation)
    {
        var entries = FolderContents.Read(folder);
        if (!entries.Any(e => e.Kind == EntryKind.File))
            throw StopException.Usage("folder_empty", $"{given} has no files.", "Give the folder that your build made.");

        var packed = Path.Combine(Path.GetTempPath(), $"slipway-{Path.GetRandomFileName()}.tar.zst");
        try
        {
            var digest = await TarZstd.WriteAsync(folder, entries, packed, cancellation);
            return new Parcel(packed, Path.GetFileName(folder) + ".tar.zst", ArtifactKind.TarZstd, new FileInfo(packed).Length, digest)
            {
                Temporary = true,
                Files = entries.Count(e => e.Kind != EntryKind.Folder),
                Unpacked = entries.Sum(e => e.Size),
            };
        }
        catch
        {
            File.Delete(packed);
            throw;
        }
    }
}
