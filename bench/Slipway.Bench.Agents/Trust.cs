using System.Security.Cryptography.X509Certificates;
using Slipway.Contracts.Agents;

namespace Slipway.Bench.Agents;

/// <summary>The server's own CA, asked from the server itself: fine for a measurement, not for anything else.</summary>
internal static class Trust
{
    private static string? issuer;

    public static string? Authority(Uri server)
    {
        if (server.Scheme != Uri.UriSchemeHttps)
            return null;

        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var http = new HttpClient(handler);
        return http.GetStringAsync(new Uri(server, AgentPaths.CertificateAuthority)).GetAwaiter().GetResult();
    }

    /// <summary>Who issued the certificate seen first issues all of them (each node has its own); building chains 10,000 times would measure the wrong side.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && IsKnown(certificate.Issuer),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        },
    };

    private static bool IsKnown(string name) => (Interlocked.CompareExchange(ref issuer, name, null) ?? name) == name;
}
