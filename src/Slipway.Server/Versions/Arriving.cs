using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>Files on their way, on this disk wherever they go: <c>abcd….partial</c>. How much has arrived is the file's length, when it last grew its time.</summary>
internal sealed class Arriving(DataDirectory data, TimeProvider clock)
{
    private const string Ending = ".partial";

    public long FreeSpace => new DriveInfo(data.Artifacts).AvailableFreeSpace;

    public string Path(ArtifactDigest digest) => System.IO.Path.Combine(data.Artifacts, digest.Value + Ending);

    public long Length(ArtifactDigest digest)
    {
        var file = new FileInfo(Path(digest));
        return file.Exists ? file.Length : 0;
    }

    public void Touch(ArtifactDigest digest) => File.SetLastWriteTimeUtc(Path(digest), clock.GetUtcNow().UtcDateTime);

    public void Delete(ArtifactDigest digest) => File.Delete(Path(digest));

    public IEnumerable<(ArtifactDigest Digest, DateTimeOffset LastGrown)> All()
    {
        foreach (var file in new DirectoryInfo(data.Artifacts).EnumerateFiles("*" + Ending))
        {
            if (ArtifactDigest.TryParse(file.Name[..^Ending.Length], out var digest))
                yield return (digest, file.LastWriteTimeUtc);
        }
    }
}
