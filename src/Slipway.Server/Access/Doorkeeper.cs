using System.Security.Claims;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Access;

/// <summary>
/// Nothing under /api is answered without a valid token, in the header or in a browser's cookie, not even that an address does not exist. Also checks the endpoint's scope and, where
/// service and environment stand in the route, the token's restrictions, before anything of the body is read.
/// </summary>
internal sealed class Doorkeeper(RequestDelegate next, TokenBook tokens, SessionCookie cookie, SameOrigin origin)
{
    private const string Challenge = "Bearer realm=\"Slipway\"";

    public async Task InvokeAsync(HttpContext context)
    {
        var required = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>();
        if ((required is null && !context.Request.Path.StartsWithSegments("/api")) || context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            await next(context);
            return;
        }

        var session = SessionOf(context.Request);
        var basic = context.GetEndpoint()?.Metadata.GetMetadata<TakesBasic>() is not null;
        var check = session is null ? tokens.CheckAsync(context.Request.Headers.Authorization, basic, context.RequestAborted) : tokens.CheckTokenAsync(session, context.RequestAborted);
        if (!(await check).Is(out var caller, out var refusal))
        {
            context.Response.Headers.WWWAuthenticate = basic ? $"{Challenge}, Basic realm=\"Slipway\"" : Challenge;
            await refusal.ToResult().ExecuteAsync(context);
            return;
        }

        context.User = new ClaimsPrincipal(caller);
        if ((session is null ? null : origin.Refuse(context.Request)) is { } crossSite)
        {
            await crossSite.ToResult().ExecuteAsync(context);
            return;
        }

        if (Refuse(context, caller, required) is { } forbidden)
        {
            await forbidden.ToResult().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>Null where there is a header: whoever sends one means it.</summary>
    private string? SessionOf(HttpRequest request) => request.Headers.Authorization.Count > 0 ? null : cookie.Read(request);

    private static Refusal? Refuse(HttpContext context, Caller caller, RequiredScope? required)
    {
        // Where no route matched (404, 405, 415) there is nothing to protect.
        if (context.GetEndpoint() is not RouteEndpoint)
            return null;

        return AccessRules.Refuse(
            caller,
            required?.Scope ?? Scope.Admin,
            ServiceName.TryParse(context.GetRouteValue("service") as string, out var service) ? service : null,
            EnvironmentName.TryParse(context.GetRouteValue("environment") as string, out var environment) ? environment : null);
    }
}
