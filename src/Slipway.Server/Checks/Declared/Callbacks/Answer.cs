using Microsoft.AspNetCore.Mvc;
using Slipway.Contracts.Deployments;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Deployments;

namespace Slipway.Server.Checks.Declared.Callbacks;

internal static class Answer
{
    private const int LargestBody = 16 * 1024;

    private static readonly Refusal Unknown = new("check_not_found", StatusCodes.Status404NotFound, "This is not an address that a check has given. Answer to the one in the request, as it is.");

    public static void MapAnswer(this IEndpointRouteBuilder checks) => checks.MapPost("/{token}", AnswerAsync)
        .WithMetadata(new OpenToAll(), new SecretPath(), new RequestSizeLimitAttribute(LargestBody))
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(StatusCodes.Status404NotFound, "check_not_found")
        .Refuses(StatusCodes.Status409Conflict, "check_answered", "check_over", "deployment_finished")
        .WithName("AnswerCheck")
        .WithSummary("Answer a check")
        .WithDescription("For a system that a check of the kind webhook has asked. The address is in that request, is good for one answer, and needs no token besides. Answer that request first, or in its own answer: this one waits until it is over.");

    private static async Task<IResult> AnswerAsync(string token, CheckAnswer answer, [FromServices] CallbackTokens tokens, IGrainFactory grains)
    {
        if (tokens.Read(token) is not { } asked)
            return Unknown.ToResult();

        var reason = Told.Short(answer.Reason) is { Length: > 0 } said ? said : null;
        var done = await grains.GetGrain<IDeploymentGrain>(asked.Deployment.Value).AnswerCheckAsync(asked.Stage, asked.Attempt, answer.Verdict == CheckVerdict.Pass, "webhook", reason);
        return done.To<Deployment>().Is(out _, out var refusal) ? TypedResults.NoContent() : refusal.ToResult();
    }
}
