using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

internal static class InstanceProgressPage
{
    private const int LongestPage = 1000;

    public static void MapInstanceProgress(this IEndpointRouteBuilder deployments) => deployments.MapGet("/{deployment}/instances", ListAsync)
        .Requires(Scope.Read)
        .Produces<Page<InstanceProgress>>()
        .WithName("ListDeploymentInstances")
        .WithSummary("List the instances of a deployment")
        .WithDescription("What each instance does or did in this deployment, in the order in which the deployment reached them. A failed one carries the last lines of its output. With after, only those whose revision is greater, in the order of their revisions: what a reader that has seen that one does not know.");

    private static async Task<IResult> ListAsync(
        [Description("Where the page begins: nextCursor of the page before. Absent: the first page.")] string? cursor,
        [Description("How many items at most, 1 to 1000. Default: 50.")] int? limit,
        [Description("Only those that changed after this revision.")] long? after,
        DeploymentId deployment,
        IDbContextFactory<SlipwayDb> databases,
        CancellationToken cancellation)
    {
        if (!new PageQuery(cursor, limit).Read(LongestPage).Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.Set<DeploymentRow>().AnyAsync(row => row.Id == deployment, cancellation))
            return Refusal.NotFound("deployment", deployment).ToResult();

        var all = db.Set<ProgressRow>().AsNoTracking().Where(row => row.Deployment == deployment);
        var rows = await (after is { } revision ? Changed(all, revision, slice) : InOrder(all, slice)).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => after is null ? Slice.Key(row.Order) : Slice.Key(row.Revision, row.Order), row => row.ToProgress()));
    }

    private static IQueryable<ProgressRow> InOrder(IQueryable<ProgressRow> all, Slice slice)
    {
        var last = slice.AfterParts(1) is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : -1;
        return all.Where(row => row.Order > last).OrderBy(row => row.Order);
    }

    private static IQueryable<ProgressRow> Changed(IQueryable<ProgressRow> all, long after, Slice slice)
    {
        var changed = all.Where(row => row.Revision > after);
        if (slice.AfterParts(2) is [var first, var second] && long.TryParse(first, out var revision) && int.TryParse(second, out var order))
            changed = changed.Where(row => row.Revision > revision || (row.Revision == revision && row.Order > order));

        return changed.OrderBy(row => row.Revision).ThenBy(row => row.Order);
    }
}
