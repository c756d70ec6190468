using Slipway.Server.Api;

namespace Slipway.Server.Access;

/// <summary>
/// Whether a browser sent a request from a page of this very server. Browsers attach a cookie by themselves; what it opens must not be ordered by
/// another site's page, whatever that site shares with this one.
/// </summary>
internal sealed class SameOrigin(PublicAddress address)
{
    private const string Fetch = "Sec-Fetch-Site";

    private static readonly Refusal CrossSite = new(
        "cross_site",
        StatusCodes.Status403Forbidden,
        "A browser sent this from a page of another site. Use the page that this server itself shows; behind a proxy that ends TLS set Slipway:PublicUrl. Programs send the header \"Authorization: Bearer slp_…\".");

    /// <summary>For a request that a cookie opens: it must prove where it comes from.</summary>
    public Refusal? Refuse(HttpRequest request) => IsRead(request.Method) || Says(request) == true ? null : CrossSite;

    /// <summary>For a request that no cookie opens, but that sets or clears one: programs, which say nothing of their origin, may.</summary>
    public Refusal? RefuseForeign(HttpRequest request) => Says(request) == false ? CrossSite : null;

    /// <summary>Null: the request says nothing. Sec-Fetch-Site wins, because no script can write it; older browsers, and plain http, have the origin alone.</summary>
    private bool? Says(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Fetch, out var site))
            return site == "same-origin";

        return request.Headers.TryGetValue("Origin", out var origin) ? address.IsOrigin(request, origin.ToString()) : null;
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
