using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

internal static class AuditEndpoint
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync)
            .Requires(Scope.Admin)
            .Produces<Page<AuditEntry>>()
            .WithTags("Access")
            .WithName("ListAudit")
            .WithSummary("List what was done and refused")
            .WithDescription("Every request that changed something or tried to, and every one that was refused for who asked it; newest first. Many refusals of one caller in a minute are one entry. Kept for 400 days, those of callers without a token for 30.");

    private static async Task<IResult> ListAsync(
        [AsParameters] AuditQuery filter, [AsParameters] PageQuery page, Ledger ledger, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await ledger.FlushAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var query = filter.Apply(db.Set<AuditRow>().AsNoTracking());
        if (long.TryParse(slice.After, out var after))
            query = query.Where(row => row.Id < after);

        var rows = await query.OrderByDescending(row => row.Id).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.Id), Show));
    }

    private static AuditEntry Show(AuditRow row) => new()
    {
        Id = row.Id,
        Time = row.Time,
        Actor = row.Actor,
        Action = row.Action,
        Status = row.Status,
        Code = row.Code,
        RemoteAddress = row.RemoteAddress,
    };

    internal readonly record struct AuditQuery(
        [property: Description("Only of this token, instance, or \"anonymous\".")] string? Actor,
        [property: Description("Only refusals with this code.")] string? Code,
        [property: Description("Only from this time on.")] DateTimeOffset? Since,
        [property: Description("Only before this time.")] DateTimeOffset? Until)
    {
        public IQueryable<AuditRow> Apply(IQueryable<AuditRow> rows)
        {
            var (actor, code, since, until) = (Actor, Code, Since, Until);
            if (actor is not null)
                rows = rows.Where(row => row.Actor == actor);
            if (code is not null)
                rows = rows.Where(row => row.Code == code);
            if (since is not null)
                rows = rows.Where(row => row.Time >= since);
            if (until is not null)
                rows = rows.Where(row => row.Time < until);
            return rows;
        }
    }
}
