using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

/// <summary>What was made for versions outside of Slipway.</summary>
internal static class References
{
    public static async Task<IReadOnlyList<ArtifactReference>> OfAsync(SlipwayDb db, ServiceName service, VersionName version, CancellationToken cancellation) =>
        [.. (await db.Set<ReferenceRow>().AsNoTracking().Where(row => row.Service == service && row.Version == version).ToListAsync(cancellation))
            .OrderByDescending(row => row.CreatedAt)
            .Select(row => row.ToReference())];

    /// <summary>Of several versions in one question.</summary>
    public static async Task<ILookup<VersionName, ArtifactReference>> OfAsync(SlipwayDb db, ServiceName service, IReadOnlyList<VersionName> versions, CancellationToken cancellation) =>
        (await db.Set<ReferenceRow>().AsNoTracking().Where(row => row.Service == service && EF.Parameter(versions).Contains(row.Version)).ToListAsync(cancellation))
            .OrderByDescending(row => row.CreatedAt)
            .ToLookup(row => row.Version, row => row.ToReference());

    /// <summary>Adds to a transaction what a deployment made or a version came with.</summary>
    public static async Task AddAsync(
        SlipwayDb db, ServiceName service, VersionName version, IReadOnlyList<ArtifactReference> made, DeploymentId? deployment, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var reference in made)
        {
            var recipe = reference.Recipe ?? "";
            var row = await db.Set<ReferenceRow>().FindAsync([service, version, reference.Kind, reference.Location, recipe], cancellation);
            if (row is null)
            {
                row = new() { Service = service, Version = version, Kind = reference.Kind, Location = reference.Location, Recipe = recipe, Value = reference.Value };
                db.Add(row);
            }

            (row.Value, row.Name, row.Deployment, row.CreatedAt) = (reference.Value, reference.Name, deployment, now);
        }
    }
}
