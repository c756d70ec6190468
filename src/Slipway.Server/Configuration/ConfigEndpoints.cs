using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Configuration;

internal static class ConfigEndpoints
{
    public static void MapConfig(this IEndpointRouteBuilder api)
    {
        var config = api.MapGroup("/targets/{service}/{environment}/config").WithTags("Configuration");
        config.MapGet("", ListAsync)
            .Requires(Scope.Read)
            .Produces<Page<ConfigRevision>>()
            .WithName("ListConfigRevisions")
            .WithSummary("List config revisions")
            .WithDescription("The config revisions of a target, newest first. Of secrets only the names are shown.");
        config.MapPost("", CreateAsync)
            .Requires(Scope.Deploy)
            .Idempotent()
            .Produces<ConfigRevision>(StatusCodes.Status201Created)
            .WithName("CreateConfigRevision")
            .WithSummary("Make a config revision")
            .WithDescription(
                "The next config revision of a target. It replaces the one before as a whole, except for the secrets named in keepSecrets. Instances get it with the next "
                + "deployment. Values of slipway.yaml are the base of every apply; what is set here stays on top of them.");
        config.MapGet("/{number:int}", GetAsync)
            .Requires(Scope.Read)
            .Produces<ConfigRevision>()
            .WithName("GetConfigRevision")
            .WithSummary("Get a config revision")
            .WithDescription("One config revision of a target. Of secrets only the names are shown.");
    }

    private static async Task<IResult> ListAsync(
        ServiceName service, EnvironmentName environment, [AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await RefuseUnknownAsync(db, service, environment, cancellation) is { } unknown)
            return unknown.ToResult();

        var query = ConfigStore.Rows(db, new(service, environment));
        if (int.TryParse(slice.After, out var after))
            query = query.Where(row => row.Number < after);

        var rows = await query.OrderByDescending(row => row.Number).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.Number), row => row.ToRevision()));
    }

    private static async Task<IResult> CreateAsync(
        ServiceName service,
        EnvironmentName environment,
        CreateConfigRevision request,
        HttpContext context,
        ConfigStore store,
        IDbContextFactory<SlipwayDb> databases,
        CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await RefuseUnknownAsync(db, service, environment, cancellation) is { } unknown)
            return unknown.ToResult();

        return (await store.CreateAsync(new(service, environment), request, Actor.Of(context), cancellation)).Is(out var revision, out var refusal)
            ? TypedResults.Created($"/api/v1/targets/{service}/{environment}/config/{revision.Number}", revision)
            : refusal.ToResult();
    }

    private static async Task<IResult> GetAsync(
        ServiceName service, EnvironmentName environment, int number, ConfigStore store, CancellationToken cancellation) =>
        await store.GetAsync(new(service, environment), number, cancellation) is { } revision
            ? TypedResults.Ok(revision)
            : Refusal.NotFound("config revision", $"{service}/{environment}/{number}").ToResult();

    private static async Task<Refusal?> RefuseUnknownAsync(SlipwayDb db, ServiceName service, EnvironmentName environment, CancellationToken cancellation) =>
        await db.Set<TargetRow>().AnyAsync(row => row.Service == service && row.Environment == environment, cancellation)
            ? null
            : Refusal.NotFound("target", $"{service}/{environment}");
}
