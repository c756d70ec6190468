using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Feedback;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Feedback;

internal static class Answer
{
    public static void MapAnswer(this IEndpointRouteBuilder feedback) => feedback.MapPut("/{id}/answer", AnswerAsync)
        .Requires(Scope.Admin)
        .Produces<Contracts.Feedback.Feedback>()
        .Refuses(StatusCodes.Status404NotFound, "feedback_not_found")
        .WithName("AnswerFeedback")
        .WithSummary("Answer a feedback")
        .WithDescription("Whoever said it sees the answer. A second answer takes the place of the first.");

    private static async Task<IResult> AnswerAsync(
        string id, AnswerFeedback answer, HttpContext context, IDbContextFactory<SlipwayDb> databases, TimeProvider clock, CancellationToken cancellation)
    {
        if (FeedbackRules.RefuseText(answer.Text) is { } refusal)
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<FeedbackRow>().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
            return Refusal.NotFound("feedback", id).ToResult();

        (row.Answer, row.AnsweredBy, row.AnsweredAt) = (answer.Text.Trim(), Actor.Of(context), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(row.Show());
    }
}
