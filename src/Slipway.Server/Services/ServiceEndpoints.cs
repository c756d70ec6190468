using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Services;

/// <summary>Reading services.</summary>
internal static class ServiceEndpoints
{
    public static void Map(RouteGroupBuilder services)
    {
        services.MapGet("", ListAsync)
            .Requires(Scope.Read)
            .Produces<Page<Service>>()
            .WithName("ListServices")
            .WithSummary("List services")
            .WithDescription("Services in the order of their names. search finds the ones with this text in their name.");
        services.MapGet("/{service}", GetAsync)
            .Requires(Scope.Read)
            .Produces<Service>()
            .WithName("GetService")
            .WithSummary("Get a service")
            .WithDescription("A service with its newest definition.");
        services.MapGet("/{service}/definitions/{revision:int}", GetDefinitionAsync)
            .Requires(Scope.Read)
            .Produces<ServiceDefinition>()
            .WithName("GetServiceDefinition")
            .WithSummary("Get a revision of a definition")
            .WithDescription("A service's definition as it was in one revision. A revision never changes; every version remembers the one it was published with.");
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, ServiceCatalog catalog, CancellationToken cancellation, string? search = null)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var query = db.Set<ServiceRow>().AsNoTracking();
        if (ServiceName.TryParse(slice.After, out var after))
            query = query.Where(row => row.Name > after);

        if (!string.IsNullOrEmpty(search))
        {
            // Names are converted texts, on which only comparisons of the whole are translated; there are few enough to look at.
            var names = (await query.Select(row => row.Name).ToListAsync(cancellation)).Where(name => name.Value.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
            query = query.Where(row => EF.Parameter(names).Contains(row.Name));
        }

        var rows = await query.OrderBy(row => row.Name).Take(slice.Take).ToListAsync(cancellation);
        var definitions = await catalog.GetDefinitionsAsync(rows.ToDictionary(row => row.Name, row => row.Revision), cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => row.Name.Value, row => row.ToService(definitions[row.Name])));
    }

    private static async Task<IResult> GetAsync(ServiceName service, ServiceCatalog catalog, CancellationToken cancellation) =>
        await catalog.GetAsync(service, cancellation) is { } found ? TypedResults.Ok(found) : Refusal.NotFound("service", service).ToResult();

    private static async Task<IResult> GetDefinitionAsync(ServiceName service, int revision, ServiceCatalog catalog, CancellationToken cancellation) =>
        await catalog.GetDefinitionAsync(service, revision, cancellation) is { } definition
            ? TypedResults.Ok(definition)
            : Refusal.NotFound("definition", $"{service}/{revision}").ToResult();
}
