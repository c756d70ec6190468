namespace Slipway.Server.Access;

/// <summary>The address under which others reach this server: the setting <c>Slipway:PublicUrl</c>, else the one the request came to.</summary>
internal sealed class PublicAddress(IConfiguration configuration, CertificateAuthority authority)
{
    private readonly string? configured = configuration["Slipway:PublicUrl"]?.TrimEnd('/');

    public string SeenBy(HttpRequest request) => configured ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>Whether the request came over TLS, as far as the server can know: to itself, or to an address of which it was told so.</summary>
    public bool IsSecure(HttpRequest request) => request.IsHttps || (Configured is { Scheme: "https" } url && url.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether this is the origin of the server's own pages: the address the request came to, or the one that others know.</summary>
    public bool IsOrigin(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && (IsSame(from, Configured) || IsSame(from, Parse($"{request.Scheme}://{request.Host}")));

    /// <summary>What an agent that uses this address must find there; null where a certificate from elsewhere answers, such as a balancer's.</summary>
    public string? Fingerprint(string url) =>
        authority.InUse && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
        && authority.Names.Contains(uri.Host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase)
            ? authority.Fingerprint
            : null;

    private Uri? Configured => Parse(configured);

    private static Uri? Parse(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null;

    private static bool IsSame(Uri from, Uri? own) =>
        own is not null && Uri.Compare(from, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
