using System.Security.Claims;
using Slipway.Contracts.Access;
using Slipway.Server.Api;

namespace Slipway.Server.Access;

/// <summary>Signing a browser in and out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Access").WithMetadata(new OpenToAll()).Refuses(StatusCodes.Status403Forbidden, "cross_site");
        session.MapPost("", BeginAsync)
            .Produces<WhoAmI>()
            .Refuses(StatusCodes.Status401Unauthorized, "token_invalid", "token_expired", "token_revoked")
            .WithName("BeginSession")
            .WithSummary("Sign a browser in")
            .WithDescription(
                "Puts the token into a cookie that scripts cannot read and that ends with the token. From then on the cookie opens every request as the Authorization header does; the header wins where there are both. "
                + "A request that changes something and is opened by the cookie must come from a page of this server; others are refused with cross_site. Needs no Authorization header.");
        session.MapDelete("", EndAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("EndSession")
            .WithSummary("Sign a browser out")
            .WithDescription("Clears the cookie; the token itself stays valid. Needs no Authorization header, so that a browser whose token has ended gets rid of it too.");
    }

    private static async Task<IResult> BeginAsync(
        BeginSession wanted, HttpContext context, TokenBook tokens, SessionCookie cookie, SameOrigin origin, Installation installation, CancellationToken cancellation)
    {
        if (origin.RefuseForeign(context.Request) is { } crossSite)
            return crossSite.ToResult();
        if (!(await tokens.CheckTokenAsync(wanted.Token.Trim(), cancellation)).Is(out var caller, out var refusal))
            return refusal.ToResult();

        context.User = new ClaimsPrincipal(caller);
        cookie.Write(context, wanted.Token.Trim(), caller.ExpiresAt);
        return WhoAmIEndpoint.Answer(caller, installation);
    }

    private static async Task<IResult> EndAsync(HttpContext context, TokenBook tokens, SessionCookie cookie, SameOrigin origin, CancellationToken cancellation)
    {
        if (origin.RefuseForeign(context.Request) is { } crossSite)
            return crossSite.ToResult();

        // For the audit alone: a token that has ended keeps nobody from leaving.
        if (cookie.Read(context.Request) is { } token && (await tokens.CheckTokenAsync(token, cancellation)).Is(out var caller, out _))
            context.User = new ClaimsPrincipal(caller);

        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }
}
