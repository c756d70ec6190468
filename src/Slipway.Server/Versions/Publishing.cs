using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;

namespace Slipway.Server.Versions;

/// <summary>Makes versions of uploaded artifacts. A version never changes: publishing it again is either the same, or refused.</summary>
internal sealed class Publishing(
    IDbContextFactory<SlipwayDb> databases,
    ServiceCatalog catalog,
    IArtifactStore store,
    DeploymentTypeCatalog types,
    TimeProvider clock,
    IServiceProvider services)
{
    public async Task<Outcome<(VersionRow Version, bool Created)>> PublishAsync(
        ServiceName service, PublishVersion request, string actor, CancellationToken cancellation)
    {
        if (PublishRules.Refuse(request) is { } wrong)
            return wrong;

        if (await catalog.GetAsync(service, cancellation) is not { } known)
            return Refusal.NotFound("service", service) with { Detail = $"There is no service {service}. Describe it first: slipway apply -f slipway.yaml." };

        if (request.Artifact is null && types.TryGet(known.Definition.Type, out var type) && type.NeedsArtifact)
            return Refusal.Invalid("artifact", $"{service} is deployed by type {type.Name}, so a version needs an artifact: upload a file first (POST /api/v1/uploads).");

        await store.Use.WaitAsync(cancellation);
        try
        {
            var content = request.Artifact is { } digest ? await store.BeginningOfAsync(digest, cancellation) : null;
            if (PublishRules.RefuseArtifact(request, content) is { } refusal)
                return refusal;

            if (request.Artifact is { } used)
                await store.TouchAsync(used, cancellation);

            var stored = await StoreAsync(NewRow(known.Revision, service, request, content?.Size ?? 0, actor), request.References, cancellation);
            if (!stored.Is(out var result, out refusal))
                return refusal;

            if (!result.Created)
                return result;
        }
        finally
        {
            store.Use.Release();
        }

        // Not cancelled: the version is there, so what follows from it must follow.
        if (services.GetService<IAutomaticDeployments>() is { } deployments)
            await deployments.VersionPublishedAsync(service, request.Version, CancellationToken.None);

        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await db.Set<VersionRow>().AsNoTracking().SingleAsync(row => row.Service == service && row.Version == request.Version, cancellation), true);
    }

    private async Task<Outcome<(VersionRow Version, bool Created)>> StoreAsync(VersionRow row, IReadOnlyList<ArtifactReference> references, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (await FindAsync(db, row, cancellation) is { } existing)
                return Compare(existing, row);

            await NumberAsync(db, row, cancellation);
            db.Add(row);
            await References.AddAsync(db, row.Service, row.Version, references, null, row.CreatedAt, cancellation);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return (row, true);
            }
            catch (DbUpdateException e) when (attempt < WriteConflict.MostAttempts && WriteConflict.Is(e))
            {
                // Two published it, or took the same number, in the same moment: look again.
            }
        }
    }

    private static async Task NumberAsync(SlipwayDb db, VersionRow row, CancellationToken cancellation)
    {
        var last = await db.Set<VersionRow>().AsNoTracking()
            .Where(other => other.Service == row.Service)
            .OrderByDescending(other => other.Number)
            .Select(other => new { other.Number, other.CommitsSoFar })
            .FirstOrDefaultAsync(cancellation);
        row.Number = (last?.Number ?? 0) + 1;
        row.CommitsSoFar = (last?.CommitsSoFar ?? 0) + row.Commits.Count;
    }

    private static Task<VersionRow?> FindAsync(SlipwayDb db, VersionRow row, CancellationToken cancellation) =>
        db.Set<VersionRow>().AsNoTracking().SingleOrDefaultAsync(other => other.Service == row.Service && other.Version == row.Version, cancellation);

    private static Outcome<(VersionRow Version, bool Created)> Compare(VersionRow existing, VersionRow wanted) =>
        existing.Artifact == wanted.Artifact && existing.Format == wanted.Format
            ? (existing, false)
            : Refusal.Conflict("version_exists", $"{wanted.Service} {wanted.Version} exists with different content. A version never changes; publish this build under another name.");

    private VersionRow NewRow(int revision, ServiceName service, PublishVersion request, long size, string actor)
    {
        var fileName = request.FileName ?? request.Artifact?.Value;
        return new()
        {
            Service = service,
            Version = request.Version,
            Artifact = request.Artifact,
            ArtifactSize = size,
            Format = request.Artifact is null ? null : request.Format ?? ArtifactFormats.FromName(fileName!),
            FileName = fileName,
            DefinitionRevision = revision,
            Commit = request.Commit,
            Branch = request.Branch,
            BuildUrl = request.BuildUrl,
            Commits = request.Commits,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = actor,
            FollowUpDue = true,
        };
    }
}
