using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Feedback;

internal static class List
{
    public static void MapList(this IEndpointRouteBuilder feedback) => feedback.MapGet("", ListAsync)
        .Requires(Scope.Read)
        .Produces<Page<Contracts.Feedback.Feedback>>()
        .WithName("ListFeedback")
        .WithSummary("List feedback")
        .WithDescription("The newest first. Administrators see everybody's, others what their own token has said.");

    private static async Task<IResult> ListAsync(
        bool? open, [AsParameters] PageQuery page, HttpContext context, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        var caller = Caller.Of(context.User)!;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var query = db.Set<FeedbackRow>().AsNoTracking();
        if (caller.Scope < Scope.Admin)
            query = query.Where(row => row.TokenId == caller.TokenId);
        if (open is { } isOpen)
            query = query.Where(row => (row.AnsweredAt == null) == isOpen);
        if (slice.AfterParts(2) is [var time, var id] && long.TryParse(time, out var milliseconds))
        {
            var created = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            query = query.Where(row => row.CreatedAt < created || (row.CreatedAt == created && string.Compare(row.Id, id) < 0));
        }

        var rows = await query.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(slice.Take).ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.CreatedAt.ToUnixTimeMilliseconds(), row.Id), row => row.Show()));
    }
}
