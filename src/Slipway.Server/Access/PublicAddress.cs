namespace Slipway.Server.Access;

/// <summary>The address under which others reach this server: the setting <c>Slipway:PublicUrl</c>, else the one the request came to.</summary>
internal sealed class PublicAddress(IConfiguration configuration, CertificateAuthority authority)
{
    private readonly string? configured = configuration["Slipway:PublicUrl"]?.TrimEnd('/');

    public string SeenBy(HttpRequest request) => configured ?? $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>What an agent that uses this address must find there; null where a certificate from elsewhere answers, such as a balancer's.</summary>
    public string? Fingerprint(string url) =>
        authority.InUse && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
        && authority.Names.Contains(uri.Host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase)
            ? authority.Fingerprint
            : null;
}
