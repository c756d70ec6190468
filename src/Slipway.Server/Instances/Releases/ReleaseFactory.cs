using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;
using Slipway.Server.Configuration;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Versions;

namespace Slipway.Server.Instances.Releases;

/// <summary>
/// Makes everything an agent needs to run a version: the version with the definition it was published with and a config revision.
/// All of that never changes once it exists, so a release is made once and shared by every instance.
/// </summary>
internal sealed class ReleaseFactory(IDbContextFactory<SlipwayDb> databases, IArtifactStore artifacts)
{
    private const int Kept = 256;
    private readonly ConcurrentDictionary<(TargetId, FleetRelease), Release> made = new();

    /// <summary>Null: there is no such version or config revision (any more).</summary>
    public async ValueTask<Release?> FindAsync(TargetId target, FleetRelease release, CancellationToken cancellation)
    {
        if (made.TryGetValue((target, release), out var known))
            return known;

        if (await MakeAsync(target, release, cancellation) is not { } message)
            return null;

        if (made.Count >= Kept)
            made.Clear();

        return made.GetOrAdd((target, release), message);
    }

    private async Task<Release?> MakeAsync(TargetId target, FleetRelease release, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (service, environment, name) = (target.Service, target.Environment, release.Version);
        var version = await db.Set<VersionRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Service == service && row.Version == name, cancellation);
        if (version is null)
            return null;

        var definition = await db.Set<DefinitionRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Service == service && row.Revision == version.DefinitionRevision, cancellation);
        var config = await db.Set<ConfigRevisionRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Service == service && row.Environment == environment && row.Number == release.ConfigRevision, cancellation);
        if (definition is null || (config is null && release.ConfigRevision != 0))
            return null;

        return Make(target, release, version, definition.Definition, config);
    }

    private Release Make(TargetId target, FleetRelease release, VersionRow version, ServiceDefinition definition, ConfigRevisionRow? config)
    {
        var message = new Release
        {
            Service = target.Service.Value,
            Environment = target.Environment.Value,
            Version = release.Version.Value,
            ConfigRevision = (ulong)release.ConfigRevision,
            Spec = ServiceSpecs.From(definition, target.Environment),
        };
        if (version.Artifact is { } digest)
        {
            message.Artifact = new()
            {
                Sha256 = digest.Value,
                Size = version.ArtifactSize,
                Format = ToFormat(version.Format),
                FileName = version.FileName ?? "",
            };
            if (artifacts.Address(digest) is { } address)
                message.Artifact.Urls.Add(address);
        }

        // A config revision is complete: it was made with what slipway.yaml said then.
        if (config is not null)
        {
            Add(config.Values);
            foreach (var secret in config.EncryptedSecrets.Keys.Order(StringComparer.Ordinal))
            {
                message.Config.Remove(secret);
                message.SecretNames.Add(secret);
            }

            return message;
        }

        Add(definition.Config);
        if (definition.Environments.TryGetValue(target.Environment, out var here))
            Add(here.Config);

        return message;

        void Add(IReadOnlyDictionary<string, string> values)
        {
            foreach (var (name, value) in values)
                message.Config[name] = value;
        }
    }

    private static ArtifactFormat ToFormat(ArtifactKind? kind) => kind switch
    {
        ArtifactKind.TarGzip => ArtifactFormat.TarGzip,
        ArtifactKind.TarZstd => ArtifactFormat.TarZstd,
        ArtifactKind.Zip => ArtifactFormat.Zip,
        ArtifactKind.SingleFile => ArtifactFormat.SingleFile,
        ArtifactKind.Tar => ArtifactFormat.Tar,
        _ => ArtifactFormat.Unspecified,
    };
}
