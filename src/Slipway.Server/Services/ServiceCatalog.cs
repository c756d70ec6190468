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
        return row is null ? null : Keep(row);
    }

    /// <summary>The definitions of many services in one query, when they are asked for the first time.</summary>
    /// <param name="revisions">The newest ones.</param>
    public async Task<Dictionary<ServiceName, ServiceDefinition>> GetDefinitionsAsync(IReadOnlyDictionary<ServiceName, int> revisions, CancellationToken cancellation)
    {
        var unknown = revisions.Where(pair => !definitions.ContainsKey((pair.Key, pair.Value))).Select(pair => pair.Key).ToList();
        if (unknown.Count > 1)
            await ReadNewestAsync(unknown, cancellation);

        var found = new Dictionary<ServiceName, ServiceDefinition>(revisions.Count);
        foreach (var (service, revision) in revisions)
        {
            // One by one: those that got a newer revision in between.
            if (await GetDefinitionAsync(service, revision, cancellation) is { } definition)
                found[service] = definition;
        }

        return found;
    }

    private async Task ReadNewestAsync(IReadOnlyList<ServiceName> services, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await (
            from service in db.Set<ServiceRow>()
            where EF.Parameter(services).Contains(service.Name)
            join definition in db.Set<DefinitionRow>() on new { Service = service.Name, service.Revision } equals new { definition.Service, definition.Revision }
            select definition)
            .AsNoTracking().ToListAsync(cancellation);
        foreach (var row in rows)
            Keep(row);
    }

    private ServiceDefinition Keep(DefinitionRow row)
    {
        if (definitions.Count >= MostCached)
            definitions.Clear();

        return definitions.GetOrAdd((row.Service, row.Revision), row.Definition);
    }
}
