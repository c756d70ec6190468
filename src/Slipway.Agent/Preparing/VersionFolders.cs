using System.Text.Json;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>
/// The versions of one service on disk: `versions/VERSION`, and `versions/VERSION~cREVISION` for the same version with other config.
/// A folder that is ready is never changed again, because it may be running.
/// </summary>
internal sealed class VersionFolders(ServiceFolder service)
{
    public const string MarkerName = ".ready";
    public const string EnvironmentName = ".slipway.env";

    public ServiceFolder Service => service;

    /// <summary>The folder `current` points at, or null.</summary>
    public string? Current =>
        new FileInfo(service.Current).LinkTarget is { } target ? Path.GetFullPath(target, service.Root) : null;

    /// <summary>The version a folder belongs to, also where its marker is gone.</summary>
    public static string VersionOf(string folder) => Path.GetFileName(folder).Split('~')[0];

    public static ReadyMarker? ReadMarker(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, MarkerName)), AgentFilesJson.Default.ReadyMarker);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void WriteMarker(string folder, ReadyMarker marker) => AtomicFile.Write(
        Path.Combine(folder, MarkerName), JsonSerializer.SerializeToUtf8Bytes(marker, AgentFilesJson.Default.ReadyMarker), flushToDisk: false);

    /// <summary>Every folder that is ready.</summary>
    public IEnumerable<(string Folder, ReadyMarker Marker)> Ready()
    {
        if (!Directory.Exists(service.Versions))
            yield break;

        foreach (var folder in Directory.EnumerateDirectories(service.Versions))
        {
            if (ReadMarker(folder) is { } marker)
                yield return (folder, marker);
        }
    }

    public string? FindReady(Release release, string fingerprint) =>
        Candidates(release, fingerprint).FirstOrDefault(folder => ReadMarker(folder) is { } marker
            && marker.Fingerprint == fingerprint && marker.Artifact == (release.Artifact?.Sha256 ?? ""));

    /// <summary>A folder with the same artifact unpacked that needs only to be copied and given the release's config.</summary>
    public string? FindUnpacked(Release release) =>
        Ready().FirstOrDefault(ready => ready.Marker.CanBecome(release)).Folder;

    /// <summary>The secrets of the release's config revision, from another version that was prepared with them. Null: not all are here.</summary>
    public IReadOnlyDictionary<string, string>? FindSecrets(Release release)
    {
        foreach (var (folder, _) in Ready().Where(ready => ready.Marker.ConfigRevision == release.ConfigRevision))
        {
            var kept = EnvironmentFile.Read(folder);
            if (kept.GetValueOrDefault("SLIPWAY_ENVIRONMENT") == release.Environment && release.SecretNames.All(kept.ContainsKey))
                return release.SecretNames.ToDictionary(name => name, name => kept[name]);
        }

        return null;
    }

    /// <summary>Where this release is to be put: a name that is free. What lies there unfinished is removed.</summary>
    public string Place(Release release, string fingerprint)
    {
        var place = Candidates(release, fingerprint).First(folder => ReadMarker(folder) is null && folder != Current);
        Delete(place);
        return place;
    }

    /// <summary>Takes a folder out of the versions at once; deleting it may then take its time.</summary>
    public string MoveAway(string folder)
    {
        var away = Path.Combine(service.Staging, $"deleted-{Guid.NewGuid():N}");
        Directory.CreateDirectory(service.Staging);
        Directory.Move(folder, away);
        return away;
    }

    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            // Without its marker a half-deleted folder is never taken for a version.
            File.Delete(Path.Combine(folder, MarkerName));
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Names contain no '~' of their own, so these never meet another version's.</summary>
    private IEnumerable<string> Candidates(Release release, string fingerprint)
    {
        var name = Path.Combine(service.Versions, release.Version);
        yield return name;
        yield return $"{name}~c{release.ConfigRevision}";
        yield return $"{name}~c{release.ConfigRevision}-{fingerprint[..12]}";
        yield return $"{name}~c{release.ConfigRevision}-{fingerprint[..12]}-{(release.Artifact?.Sha256 ?? "none")[..4]}";
    }
}
