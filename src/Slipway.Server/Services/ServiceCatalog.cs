using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Persistence;

namespace Slipway.Server.Services;

/// <summary>What other folders ask of services.</summary>
internal sealed class ServiceCatalog(IDbContextFactory<SlipwayDb> databases)
{
    private const int MostCached = 5_000;

    /// <summary>A revision of a definition is never changed and its number never used again, so it may be kept for good.</summary>
    private readonly ConcurrentDictionary<(ServiceName Service, int Revision), ServiceDefinition> definitions = new();

    public async Task<Service?> GetAsync(ServiceName name, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ServiceRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellation) is { } row
            && await GetDefinitionAsync(name, row.Revision, cancellation) is { } definition
            ? row.ToService(definition)
            : null;
    }

    public async Task<ServiceDefinition?> GetDefinitionAsync(ServiceName service, int revision, CancellationToken cancellation)
    {
        if (definitions.TryGetValue((service, revision), out var known))
            return known;

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<DefinitionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Service == service && row.Revision == revision, cancellation);
        if (row is null)
            return null;

        if (definitions.Count >= MostCached)
            definitions.Clear();

        return definitions.GetOrAdd((service, revision), row.Definition);
    }
}
