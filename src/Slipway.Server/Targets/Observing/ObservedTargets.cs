using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Observing;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Versions;

namespace Slipway.Server.Targets.Observing;

/// <summary>Which targets have to be looked at, and what is known of them before.</summary>
internal sealed class ObservedTargets(IDbContextFactory<SlipwayDb> databases, ServiceCatalog catalog, DeploymentTypeCatalog types)
{
    /// <summary>Those whose service is of a type that can be observed.</summary>
    public async Task<IReadOnlyList<TargetRow>> FindAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var revisions = await db.Set<ServiceRow>().Select(row => new { row.Name, row.Revision }).ToDictionaryAsync(row => row.Name, row => row.Revision, cancellation);
        var definitions = await catalog.GetDefinitionsAsync(revisions, cancellation);
        List<ServiceName> observed = [.. definitions.Where(pair => types.TryGet(pair.Value.Type, out var type) && type is IObservesTargets).Select(pair => pair.Key)];
        return observed is [] ? [] : await db.Set<TargetRow>().AsNoTracking().Where(row => EF.Parameter(observed).Contains(row.Service)).ToListAsync(cancellation);
    }

    /// <summary>Null: its service is gone, or of another type now.</summary>
    public async Task<(IObservesTargets Type, ObserveRequest Request)?> RequestAsync(TargetRow row, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await catalog.GetAsync(row.Service, cancellation))?.Definition is not { } newest)
            return null;

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var definition = row.Version is { } version
            && await db.Set<VersionRow>().AsNoTracking().FirstOrDefaultAsync(other => other.Service == row.Service && other.Version == version, cancellation) is { } running
            ? await catalog.GetDefinitionAsync(row.Service, running.DefinitionRevision, cancellation) ?? newest
            : newest;
        if (!types.TryGet(definition.Type, out var type) || type is not IObservesTargets observer)
            return null;

        var made = await db.Set<ReferenceRow>().AsNoTracking()
            .Where(reference => reference.Service == row.Service)
            .OrderByDescending(reference => reference.CreatedAt)
            .Select(reference => new { reference.Value, reference.Version })
            .ToListAsync(cancellation);
        return (observer, new()
        {
            Target = row.Id,
            Definition = definition,
            Version = row.Version,
            DeployedAt = row.DeployedAt,
            Busy = row.RunningDeployment is not null,
            Made = made.DistinctBy(reference => reference.Value).ToDictionary(reference => reference.Value, reference => reference.Version, StringComparer.Ordinal),
            Now = now,
        });
    }
}
