using Slipway.Agent.Identity;
using Slipway.Agent.Preparing.Archives;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Preparing;

/// <summary>Makes one version ready to be activated: fetched, verified, unpacked, configured. What runs is never touched.</summary>
internal sealed class Preparation(DataFolder data, AgentIdentity identity, ArtifactFetch artifacts, Secrets secrets, TimeProvider time)
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(30);
    private readonly KeyedLocks onePerVersion = new();

    public async Task<PrepareOutcome> PrepareAsync(Release release, uint port, Action<long> progress, CancellationToken cancellation)
    {
        try
        {
            return await PrepareInTimeAsync(release, port, progress, cancellation);
        }
        catch (PrepareException e)
        {
            return new PrepareOutcome.Failed(e.Code, e.Message, e.Evidence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskFull.Is(e)
                ? new PrepareOutcome.Failed("disk_full", DiskFull.Failure(data.Root, "preparing needs more").Message, [])
                : new PrepareOutcome.Failed("download_failed", $"The version's folder cannot be written: {e.Message}", []);
        }
    }

    /// <summary>Without any network: what a version that is ready needs to be started again.</summary>
    public PrepareOutcome.Prepared? FindPrepared(Release release, uint port)
    {
        var folders = Folders(release);
        if (folders.FindReady(release, ReleaseEnvironment.Fingerprint(release, identity, port)) is not { } folder)
            return null;

        var kept = EnvironmentFile.Read(folder);
        var values = release.SecretNames.Where(kept.ContainsKey).ToDictionary(name => name, name => kept[name]);
        return new(folder, ReleaseEnvironment.Create(release, identity, port, values));
    }

    private VersionFolders Folders(Release release) => new(data.Service(ServiceName.Parse(release.Service)));

    private async Task<PrepareOutcome> PrepareInTimeAsync(Release release, uint port, Action<long> progress, CancellationToken cancellation)
    {
        // A preparation that was just cancelled may still be letting go of the same folder.
        using var mine = await onePerVersion.EnterAsync($"{release.Service}/{release.Version}", cancellation);
        if (FindPrepared(release, port) is { } prepared)
            return prepared;

        RequireValid(release);
        var folders = Folders(release);
        var values = ReleaseEnvironment.Create(release, identity, port, await secrets.FetchAsync(release, () => folders.FindSecrets(release), cancellation));
        ConfigFiles.Check(release, values);
        var owner = UnixOwner.Find(release.Spec?.User ?? "");
        var staging = Path.Combine(folders.Service.Staging, $"{release.Version}-{Guid.NewGuid():N}");
        var bytes = await FillAsync(release, folders, staging, owner, progress, cancellation);
        var fingerprint = ReleaseEnvironment.Fingerprint(release, identity, port);
        var folder = MoveIntoPlace(staging, folders.Place(release, fingerprint));

        ConfigFiles.Render(release, folder, values, owner);
        EnvironmentFile.Write(folder, values);
        await PrepareCommand.RunAsync(release, folder, values, Deadline(release), time, cancellation);
        VersionFolders.WriteMarker(folder, new()
        {
            Version = release.Version,
            Artifact = release.Artifact?.Sha256 ?? "",
            ConfigRevision = release.ConfigRevision,
            Fingerprint = fingerprint,
            Files = [.. release.Spec?.Files.Select(file => file.Path) ?? []],
            Commanded = release.Spec?.PrepareCommand is not null,
            User = release.Spec?.User ?? "",
            Bytes = bytes,
            PreparedAt = time.GetUtcNow(),
        });
        return new PrepareOutcome.Prepared(folder, values);
    }

    /// <summary>From another folder of the same artifact where there is one, else from the server.</summary>
    private async Task<long> FillAsync(
        Release release, VersionFolders folders, string staging, UnixOwner? owner, Action<long> progress, CancellationToken cancellation)
    {
        if (release.Artifact is not { } artifact)
        {
            Directory.CreateDirectory(staging);
            return 0;
        }

        if (folders.FindUnpacked(release) is not { } sibling)
            return await FetchInTimeAsync(release, staging, owner, progress, cancellation);

        Directory.CreateDirectory(folders.Service.Staging);
        FolderClone.Create(sibling, staging, share: release.Spec?.PrepareCommand is null, owner, cancellation);
        File.Delete(Path.Combine(staging, VersionFolders.MarkerName));
        File.Delete(Path.Combine(staging, VersionFolders.EnvironmentName));
        return VersionFolders.ReadMarker(sibling)?.Bytes ?? artifact.Size;
    }

    /// <summary>Retries whatever the network does until the deadline.</summary>
    private async Task<long> FetchInTimeAsync(
        Release release, string staging, UnixOwner? owner, Action<long> progress, CancellationToken cancellation)
    {
        var deadline = Deadline(release);
        using var overdue = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, overdue.Token);
        try
        {
            return await artifacts.FetchAsync(release.Artifact, staging, owner, progress, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PrepareException("download_failed", $"The artifact did not arrive within {deadline.TotalSeconds:0.#} s (prepare: deadline in slipway.yaml).");
        }
    }

    private static TimeSpan Deadline(Release release) =>
        release.Spec is { PrepareDeadlineMs: > 0 } spec ? TimeSpan.FromMilliseconds(spec.PrepareDeadlineMs) : DefaultDeadline;

    private static string MoveIntoPlace(string staging, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(staging, folder);
        return folder;
    }

    /// <summary>The server checks too; here it becomes paths.</summary>
    private static void RequireValid(Release release)
    {
        if (!VersionName.TryParse(release.Version, out _))
            throw new PrepareException("config_invalid", VersionName.Rule);
        if (release.Artifact is { } artifact && !ArtifactDigest.TryParse(artifact.Sha256, out _))
            throw new PrepareException("config_invalid", ArtifactDigest.Rule);
    }
}
