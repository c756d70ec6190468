namespace Slipway.Server.Api;

/// <summary>Who asks: the name of the token or instance a request came with.</summary>
internal static class Actor
{
    public static string Of(HttpContext context) => context.User.Identity?.Name ?? "anonymous";
}
