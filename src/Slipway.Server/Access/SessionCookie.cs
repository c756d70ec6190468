namespace Slipway.Server.Access;

/// <summary>
/// The token of a browser, in a cookie that scripts cannot read and that other sites' requests do not carry. It is the token itself: when that expires
/// or is revoked the cookie opens nothing any more, on every node.
/// </summary>
internal sealed class SessionCookie(PublicAddress address, TimeProvider clock)
{
    public const string Name = "slipway";

    /// <summary>Browsers take a cookie of this name only over TLS and from this very host, so no neighbouring host can put one of its own in its place.</summary>
    public const string SecureName = "__Host-slipway";

    /// <summary>Browsers keep no cookie longer.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    public string? Read(HttpRequest request) =>
        request.Cookies[SecureName] ?? (address.IsSecure(request) ? null : request.Cookies[Name]);

    public void Write(HttpContext context, string token, DateTimeOffset? expiresAt)
    {
        var secure = IsSecureForBrowser(context.Request);
        context.Response.Cookies.Append(secure ? SecureName : Name, token, Options(secure, expiresAt ?? clock.GetUtcNow() + LongestLife));
    }

    /// <summary>Both, whichever there is: whoever leaves must be out.</summary>
    public static void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(SecureName, Options(secure: true, null));
        context.Response.Cookies.Delete(Name, Options(secure: false, null));
    }

    /// <summary>Behind something that ends TLS the request itself looks plain; the browser says what it sees.</summary>
    private bool IsSecureForBrowser(HttpRequest request) =>
        address.IsSecure(request) || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static CookieOptions Options(bool secure, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = secure,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
