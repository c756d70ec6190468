using System.IO.Compression;
using Slipway.Agent.Preparing.Archives;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Turns an artifact into a folder while it is still being downloaded. What comes is not verified yet, so it goes to a staging folder, and a complaint
/// about its content is only heard once the digest is known to be right.
/// </summary>
internal sealed class Unpacking(Artifact artifact, string staging, string partial, UnixOwner? owner)
{
    private const int ExecutableFile = 0b111_101_101;

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    private bool CanStream => artifact.Format is ArtifactFormat.Tar or ArtifactFormat.TarGzip or ArtifactFormat.TarZstd;

    /// <summary>Runs on its own thread beside the download. Formats that need the whole file only tell the pipe not to wait.</summary>
    public Task WhileDownloadingAsync(ChunkPipe pipe, CancellationToken cancellation)
    {
        if (CanStream)
            return Task.Factory.StartNew(() => UnpackStream(pipe, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        pipe.EndReading();
        return Task.CompletedTask;
    }

    /// <summary>After the digest was right.</summary>
    public void AfterDownload(CancellationToken cancellation)
    {
        if (CanStream)
            return;

        var folder = new UnpackFolder(staging, UnpackLimits.For(artifact.Size), owner, cancellation);
        if (artifact.Format == ArtifactFormat.Zip)
        {
            using var file = new FileStream(partial, new FileStreamOptions { BufferSize = 64 * 1024 });
            ZipUnpacker.Unpack(file, folder);
            Bytes = folder.Bytes;
        }
        else
        {
            MoveSingleFile();
        }
    }

    private void UnpackStream(ChunkPipe pipe, CancellationToken cancellation)
    {
        try
        {
            using var download = pipe.OpenReader(cancellation);
            using var tar = Decompress(download);
            var folder = new UnpackFolder(staging, UnpackLimits.For(artifact.Size), owner, cancellation);
            TarUnpacker.Unpack(tar, folder);
            Bytes = folder.Bytes;
        }
        finally
        {
            pipe.EndReading();
        }
    }

    private Stream Decompress(Stream download) => artifact.Format switch
    {
        ArtifactFormat.TarZstd => ZstdStream.Open(download),
        ArtifactFormat.TarGzip => new GZipStream(download, CompressionMode.Decompress),
        _ => download,
    };

    /// <summary>A Jar or a binary: the download itself becomes the file, nothing is copied.</summary>
    private void MoveSingleFile()
    {
        var name = artifact.FileName;
        if (name.Length is 0 or > EntryPath.MaximumName || name.Contains('/', StringComparison.Ordinal) || EntryPath.Normalise(name) != name
            || name is "." or ".." or VersionFolders.MarkerName or VersionFolders.EnvironmentName)
            throw new UnsafeArchiveException(name, "is no file name");

        var path = Path.Combine(staging, name);
        File.Move(partial, path);
        File.SetUnixFileMode(path, (UnixFileMode)ExecutableFile);
        if (owner is not null)
            Posix.SetLinkOwner(path, owner);

        Bytes = artifact.Size;
    }
}
