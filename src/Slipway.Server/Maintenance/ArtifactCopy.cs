using Slipway.Contracts.Ids;
using Slipway.Server.Aws;
using Slipway.Server.Persistence;
using Slipway.Server.Versions;
using Slipway.Server.Versions.Shared;

namespace Slipway.Server.Maintenance;

/// <summary>Artifacts between where the server keeps them and the directory of a backup. Those in S3 stay there: a bucket has its own ways to be kept safe.</summary>
internal sealed class ArtifactCopy(IDatabase database, DataDirectory data, AwsSettings aws, IServiceProvider services)
{
    public async Task<(int Files, long Bytes)> SaveAsync(DataDirectory target, CancellationToken cancellation)
    {
        if (aws.Bucket is not null)
            return default;

        if (!database.IsShared)
            return Copy(data, target);

        var store = services.GetRequiredService<SharedArtifactFiles>();
        var (files, bytes) = (0, 0L);
        foreach (var (digest, size) in await store.AllAsync(cancellation))
        {
            await store.WriteAsync(digest, PathIn(target, digest), cancellation);
            (files, bytes) = (files + 1, bytes + size);
        }

        return (files, bytes);
    }

    public async Task<(int Files, long Bytes)> LoadAsync(DataDirectory source, CancellationToken cancellation)
    {
        if (aws.Bucket is not null)
            return default;

        if (!database.IsShared)
            return Copy(source, data);

        var (store, arriving) = (services.GetRequiredService<IArtifactStore>(), services.GetRequiredService<Arriving>());
        var (files, bytes) = (0, 0L);
        foreach (var (file, digest) in All(source))
        {
            File.Copy(file.FullName, arriving.Path(digest), overwrite: true);
            await store.AdoptAsync(digest);
            (files, bytes) = (files + 1, bytes + file.Length);
        }

        return (files, bytes);
    }

    private static (int Files, long Bytes) Copy(DataDirectory from, DataDirectory to)
    {
        var (files, bytes) = (0, 0L);
        foreach (var (file, digest) in All(from))
        {
            file.CopyTo(PathIn(to, digest), overwrite: true);
            (files, bytes) = (files + 1, bytes + file.Length);
        }

        return (files, bytes);
    }

    private static IEnumerable<(FileInfo File, ArtifactDigest Digest)> All(DataDirectory directory)
    {
        foreach (var file in new DirectoryInfo(directory.Artifacts).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (ArtifactDigest.TryParse(file.Name, out var digest))
                yield return (file, digest);
        }
    }

    private static string PathIn(DataDirectory directory, ArtifactDigest digest)
    {
        var path = ArtifactFolder.PathIn(directory, digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
