using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Agent.Identity;

/// <summary>Whom the agent believes to be its server.</summary>
internal static class ServerTrust
{
    /// <summary>
    /// With a CA: its chain and the host name must be right and nothing else is trusted. Without: as the operating system decides.
    /// </summary>
    public static SocketsHttpHandler CreateHandler(string? caPem)
    {
        var handler = CreateHandler();
        if (caPem is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(caPem);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }

    /// <summary>Believes anybody: only for fetching the CA, whose fingerprint is compared afterwards.</summary>
    public static SocketsHttpHandler CreateBlindHandler()
    {
        var handler = CreateHandler();
#pragma warning disable CA5359 // Nothing is sent to it and nothing it says is believed without the fingerprint.
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        return handler;
    }

    /// <summary>True if the PEM is exactly one certificate and this is its sha256.</summary>
    public static bool HasFingerprint(string caPem, string fingerprint)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(caPem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return certificates is [var ca]
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(ca.RawDataMemory.Span), Convert.FromHexString(fingerprint));
    }

    /// <summary>Null if the agent may talk to this address, else a sentence that says what to do.</summary>
    public static string? Objection(Uri server, bool allowPlainHttp) => server switch
    {
        { AbsolutePath: not "/" } => $"{server} has a path, and a server is always at the root of its address: write {server.GetLeftPart(UriPartial.Authority)}",
        { Scheme: "https" } => null,
        { Scheme: "http", IsLoopback: true } => null,
        { Scheme: "http" } when allowPlainHttp => null,
        { Scheme: "http" } => $"{server} has no TLS and is not on this machine: use https, or say --allow-plain-http if nobody else is on that network.",
        _ => $"{server} is no address of a server: it begins with https:// (or http:// on this machine).",
    };

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 8,
    };
}
