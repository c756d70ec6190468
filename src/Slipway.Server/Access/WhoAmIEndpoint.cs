using Slipway.Contracts.Access;

namespace Slipway.Server.Access;

internal static class WhoAmIEndpoint
{
    public static void MapWhoAmI(this IEndpointRouteBuilder api) =>
        api.MapGet("/whoami", (HttpContext context, Installation installation) => Answer(Caller.Of(context.User)!, installation))
            .Requires(Scope.Read)
            .Produces<WhoAmI>()
            .WithTags("Access")
            .WithName("GetWhoAmI")
            .WithSummary("Who am I?")
            .WithDescription("The token the request came with, what it may do and where, and which server answered. Use it to check an address and a token before anything else.");

    internal static IResult Answer(Caller caller, Installation installation) => TypedResults.Ok(new WhoAmI
    {
        Name = caller.TokenName,
        Scope = caller.Scope,
        Services = caller.Services,
        Environments = caller.Environments,
        ExpiresAt = caller.ExpiresAt,
        ServerVersion = Installation.Version,
        ServerId = installation.ServerId,
    });
}
