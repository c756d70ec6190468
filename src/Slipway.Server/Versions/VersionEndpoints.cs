using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;
using Slipway.Server.Services;

namespace Slipway.Server.Versions;

internal static class VersionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var versions = api.MapGroup("/services/{service}/versions").WithTags("Versions");
        versions.MapGet("", ListAsync)
            .Requires(Scope.Read)
            .Produces<Page<ServiceVersion>>()
            .WithName("ListVersions")
            .WithSummary("List versions")
            .WithDescription("The versions of a service, newest first; branch shows only those of one branch.");
        versions.MapPost("", PublishAsync)
            .Requires(Scope.Publish)
            .Idempotent()
            .Produces<ServiceVersion>()
            .Produces<ServiceVersion>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, "version_exists")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "artifact_missing", "artifact_format_mismatch")
            .RefusesWhereStorageIsAway()
            .WithName("PublishVersion")
            .WithSummary("Publish a version")
            .WithDescription(
                "Makes a version of an uploaded artifact. It remembers the service's definition of this moment. The same version with the same content again is answered with 200 "
                + "and changes nothing; with different content it is refused (version_exists). Targets that take its branch by themselves get a deployment.");
        versions.MapGet("/{version}", GetAsync)
            .Requires(Scope.Read)
            .Produces<ServiceVersion>()
            .WithName("GetVersion")
            .WithSummary("Get a version")
            .WithDescription("A version with its artifact, commit, branch and build.");
        DeleteVersion.Map(versions);
        CompareVersions.Map(api);
    }

    private static async Task<IResult> ListAsync(
        ServiceName service, [AsParameters] PageQuery page, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation, string? branch = null)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.Set<ServiceRow>().AnyAsync(row => row.Name == service, cancellation))
            return Refusal.NotFound("service", service).ToResult();

        var query = db.Set<VersionRow>().AsNoTracking().Where(row => row.Service == service);
        if (branch is not null)
            query = query.Where(row => row.Branch == branch);

        // Within one millisecond the order of names decides; a page never begins in the middle of such a group's query.
        if (slice.AfterParts(2) is [var time, var last] && long.TryParse(time, out var milliseconds))
        {
            var created = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            var passed = await query.Where(row => row.CreatedAt == created).Select(row => row.Version).ToListAsync(cancellation);
            var names = passed.Where(name => string.CompareOrdinal(name.Value, last) < 0).ToList();
            query = query.Where(row => row.CreatedAt < created || (row.CreatedAt == created && names.Contains(row.Version)));
        }

        var rows = await query.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Version).Take(slice.Take).ToListAsync(cancellation);
        var references = await References.OfAsync(db, service, [.. rows.Select(row => row.Version)], cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.CreatedAt.ToUnixTimeMilliseconds(), row.Version), row => row.ToVersion(references[row.Version])));
    }

    private static async Task<IResult> PublishAsync(
        ServiceName service, PublishVersion request, HttpContext context, Publishing publishing, CancellationToken cancellation)
    {
        if (!(await publishing.PublishAsync(service, request, Actor.Of(context), cancellation)).Is(out var published, out var refusal))
            return refusal.ToResult();

        var version = published.Version.ToVersion(published.Created ? request.References : []);
        return published.Created
            ? TypedResults.Created($"/api/v1/services/{service}/versions/{Uri.EscapeDataString(version.Version.Value)}", version)
            : TypedResults.Ok(version);
    }

    private static async Task<IResult> GetAsync(
        ServiceName service, VersionName version, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<VersionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Service == service && row.Version == version, cancellation) is { } row
            ? TypedResults.Ok(row.ToVersion(await References.OfAsync(db, service, version, cancellation)))
            : Refusal.NotFound("version", $"{service} {version}").ToResult();
    }
}
