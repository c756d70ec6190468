using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing.Archives;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>Gets an artifact into a folder: downloads and unpacks at the same time, and lets neither's trouble hide the other's.</summary>
internal sealed class ArtifactFetch(
    DataFolder data, ServerRequests requests, BucketReader? bucket, MemoryAtRest memory, Random random, TimeProvider time, ILogger<ArtifactFetch> log)
{
    /// <summary>A download that nobody went on with for so long is not wanted any more.</summary>
    private static readonly TimeSpan PartialsStay = TimeSpan.FromDays(1);

    private readonly KeyedLocks oneDownloadPerDigest = new();

    /// <summary>Returns the bytes unpacked. On any failure <paramref name="staging"/> is gone.</summary>
    public async Task<long> FetchAsync(
        Artifact artifact, string staging, UnixOwner? owner, Action<long> progress, CancellationToken cancellation)
    {
        using var work = memory.Work();
        using var mine = await oneDownloadPerDigest.EnterAsync(artifact.Sha256, cancellation);
        DeleteForgotten(except: artifact);
        try
        {
            return await AttemptAsync(artifact, staging, owner, progress, cancellation);
        }
        catch (PrepareException e) when (e.Code == "digest_mismatch")
        {
            // Once more from the beginning: what was resumed may have been damaged on this disk.
            return await AttemptAsync(artifact, staging, owner, progress, cancellation);
        }
    }

    private async Task<long> AttemptAsync(
        Artifact artifact, string staging, UnixOwner? owner, Action<long> progress, CancellationToken cancellation)
    {
        var partial = Path.Combine(data.Artifacts, artifact.Sha256 + ".partial");
        try
        {
            CreateStaging(staging, owner);
            DiskFull.CheckRoomFor(artifact.Size - Length(partial), data.Root);
            var unpacking = new Unpacking(artifact, staging, partial, owner);
            await DownloadAndUnpackAsync(artifact, partial, unpacking, progress, cancellation);
            File.Delete(partial);
            return unpacking.Bytes;
        }
        catch (Exception e)
        {
            VersionFolders.Delete(staging);
            if (Translate(e, artifact) is not { } failure)
                throw;

            File.Delete(partial);
            throw failure;
        }
    }

    private async Task DownloadAndUnpackAsync(
        Artifact artifact, string partial, Unpacking unpacking, Action<long> progress, CancellationToken cancellation)
    {
        using var pipe = new ChunkPipe();
        using var download = new ArtifactDownload(requests, bucket, artifact, partial, random, time, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var unpacked = unpacking.WhileDownloadingAsync(pipe, stop.Token);
        var reported = ReportAsync(download, progress, stop.Token);
        try
        {
            var downloaded = download.RunAsync(pipe, stop.Token);
            if (await Task.WhenAny(downloaded, unpacked) == unpacked && unpacked.Exception?.InnerException is { } e && DiskFull.Is(e))
                await stop.CancelAsync();

            await downloaded;
            await unpacked;
            unpacking.AfterDownload(cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(unpacked, reported).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReportAsync(ArtifactDownload download, Action<long> progress, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellation);
            progress(download.Done);
        }
    }

    /// <summary>What no retry repairs, as code and sentence. Null for the rest, which keeps the partial file.</summary>
    private PrepareException? Translate(Exception e, Artifact artifact) => e switch
    {
        PrepareException { Code: "disk_full" } full => full,
        PrepareException { Code: "digest_mismatch" } mismatch => mismatch,
        UnsafeArchiveException => new("unsafe_archive", e.Message),
        InvalidDataException => new("unsafe_archive", $"The artifact cannot be unpacked as {Name(artifact.Format)}: {e.Message}"),
        _ when DiskFull.Is(e) => DiskFull.Failure(data.Root, $"unpacking the artifact of {artifact.Size / 1048576.0:0.#} MB needs more"),
        _ => null,
    };

    private void DeleteForgotten(Artifact except)
    {
        if (!Directory.Exists(data.Artifacts))
            return;

        var now = time.GetUtcNow().UtcDateTime;
        foreach (var partial in new DirectoryInfo(data.Artifacts).EnumerateFiles("*.partial"))
        {
            if (partial.Name != except.Sha256 + ".partial" && now - partial.LastWriteTimeUtc > PartialsStay)
                partial.Delete();
        }
    }

    private static string Name(ArtifactFormat format) => format switch
    {
        ArtifactFormat.TarZstd => "tar.zst",
        ArtifactFormat.TarGzip => "tar.gz",
        ArtifactFormat.Zip => "zip",
        ArtifactFormat.Tar => "tar",
        _ => "file",
    };

    private static void CreateStaging(string staging, UnixOwner? owner)
    {
        VersionFolders.Delete(staging);
        Directory.CreateDirectory(staging);
        if (owner is not null)
            Posix.SetLinkOwner(staging, owner);
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
