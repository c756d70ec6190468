using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Feedback;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Feedback;

internal static class Send
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static void MapSend(this IEndpointRouteBuilder feedback) => feedback.MapPost("", SendAsync)
        .Requires(Scope.Read)
        .Idempotent()
        .Produces<Contracts.Feedback.Feedback>(StatusCodes.Status201Created)
        .Refuses(StatusCodes.Status429TooManyRequests, "feedback_limit")
        .WithName("SendFeedback")
        .WithSummary("Say something about Slipway")
        .WithDescription($"For whoever runs this server. At most {FeedbackRules.MostOpen} of one token may wait for an answer.");

    private static async Task<IResult> SendAsync(
        SendFeedback wanted, HttpContext context, IDbContextFactory<SlipwayDb> databases, TimeProvider clock, CancellationToken cancellation)
    {
        if ((FeedbackRules.RefuseText(wanted.Text) ?? FeedbackRules.RefusePage(wanted.Page)) is { } refusal)
            return refusal.ToResult();

        var (caller, id) = (Caller.Of(context.User)!, Id(context));
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<FeedbackRow>().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            if (await db.Set<FeedbackRow>().CountAsync(row => row.TokenId == caller.TokenId && row.AnsweredAt == null, cancellation) >= FeedbackRules.MostOpen)
                return FeedbackRules.TooMany.ToResult();

            row = new() { Id = id, TokenId = caller.TokenId, Text = wanted.Text.Trim(), Page = wanted.Page, CreatedBy = caller.TokenName, CreatedAt = clock.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.Created($"/api/v1/feedback/{id}", row.Show());
    }

    /// <summary>With an Idempotency-Key it follows from the request, so a repeated request finds what a server that died has stored.</summary>
    private static string Id(HttpContext context) => Idempotency.Seed(context) is { } seed
        ? "f-" + string.Concat(seed.Take(12).Select(part => Alphabet[part % Alphabet.Length]))
        : "f-" + ApiToken.NewId();
}
