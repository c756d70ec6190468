using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Client.Http;

/// <summary>The connection's settings: nothing that a command line which lives for milliseconds does not need.</summary>
internal static class HttpTransport
{
    public static HttpMessageInvoker Create(SlipwayClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Asking the environment for a proxy costs time and makes no sense for this machine.
            UseProxy = !options.Server.IsLoopback,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };

        if (options.CertificateAuthority is { } pem)
            handler.SslOptions.RemoteCertificateValidationCallback = Pinned(pem);

        return new HttpMessageInvoker(handler);
    }

    /// <summary>The name must fit, and the chain must end in one of these certificates and nowhere else.</summary>
    private static RemoteCertificateValidationCallback Pinned(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return (_, certificate, presented, errors) =>
        {
            if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
                return false;

            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (presented is not null)
                chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(e => e.Certificate).ToArray());

            return chain.Build(leaf);
        };
    }
}
