using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;
using Slipway.Server.Targets.Observing;

namespace Slipway.Server.Targets;

internal static class Read
{
    private const int LongestPage = 1000;

    public static void MapRead(this IEndpointRouteBuilder targets)
    {
        targets.MapGet("", ListAsync)
            .Requires(Scope.Read)
            .Produces<Page<Target>>()
            .WithName("ListTargets")
            .WithSummary("List targets: what runs where")
            .WithDescription("Every service in every environment it is known in, by service and environment, with the version it should run, how its instances are, and how far it is behind the environments before it. Filters: service, environment, held=true (only those on hold).");
        targets.MapGet("/{service}/{environment}", GetAsync)
            .Requires(Scope.Read)
            .Produces<Target>()
            .WithName("GetTarget")
            .WithSummary("Show a target")
            .WithDescription("What it should run, since when and by whom, what a rollback goes back to, its hold, and how its instances are now.");
        targets.MapGet("/{service}/{environment}/groups", GroupsAsync)
            .Requires(Scope.Read)
            .Produces<InstanceGroups>()
            .WithName("GetTargetGroups")
            .WithSummary("Show a target's groups of instances")
            .WithDescription("For targets whose instances come and go with their version: what runs side by side, with capacity and health, as it was seen last. Empty for targets whose instances run agents.");
    }

    private static async Task<IResult> GroupsAsync(ServiceName service, EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, Observations observations, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await FindAsync(db, new(service, environment), cancellation) is null
            ? Refusal.NotFound("target", new TargetId(service, environment)).ToResult()
            : TypedResults.Ok(await observations.FindAsync(new(service, environment), cancellation) ?? new());
    }

    private static async Task<IResult> ListAsync(
        [Description("Where the page begins: nextCursor of the page before. Absent: the first page.")] string? cursor,
        [Description("How many items at most, 1 to 1000. Default: 50.")] int? limit,
        ServiceName? service,
        EnvironmentName? environment,
        bool? held,
        IDbContextFactory<SlipwayDb> databases,
        TargetViews views,
        CancellationToken cancellation)
    {
        if (!new PageQuery(cursor, limit).Read(LongestPage).Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = db.Set<TargetRow>().AsNoTracking();
        if (service is { } s)
            rows = rows.Where(row => row.Service == s);

        if (environment is { } e)
            rows = rows.Where(row => row.Environment == e);

        if (held is { } h)
            rows = rows.Where(row => (row.Hold != null) == h);

        var found = await After(rows, slice).OrderBy(row => row.Service).ThenBy(row => row.Environment).Take(slice.Take).ToListAsync(cancellation);
        var targets = await views.OfAsync(found, cancellation);
        return TypedResults.Ok(slice.ToPage(targets, target => Slice.Key(target.Service, target.Environment), target => target));
    }

    private static async Task<IResult> GetAsync(ServiceName service, EnvironmentName environment, IDbContextFactory<SlipwayDb> databases, TargetViews views, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await FindAsync(db, new(service, environment), cancellation) is { } row
            ? TypedResults.Ok(await views.OfAsync(row, cancellation))
            : Refusal.NotFound("target", new TargetId(service, environment)).ToResult();
    }

    public static Task<TargetRow?> FindAsync(SlipwayDb db, TargetId target, CancellationToken cancellation) =>
        db.Set<TargetRow>().FirstOrDefaultAsync(row => row.Service == target.Service && row.Environment == target.Environment, cancellation);

    private static IQueryable<TargetRow> After(IQueryable<TargetRow> rows, Slice slice) =>
        slice.AfterParts(2) is [var first, var second] && ServiceName.TryParse(first, out var service) && EnvironmentName.TryParse(second, out var environment)
            ? rows.Where(row => row.Service > service || (row.Service == service && row.Environment > environment))
            : rows;
}
