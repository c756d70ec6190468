using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Server.Access;

/// <summary>
/// The server's own CA, for those who have no certificate: made once, kept in the data directory, trusted by agents through the fingerprint in their
/// join token. The server's certificate is made anew at a start when it is near its end or the server's names have changed.
/// </summary>
internal sealed class CertificateAuthority
{
    public const string Name = "ca";

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private readonly TimeProvider clock;
    private readonly ICertificateKeep keep;
    private readonly Lazy<X509Certificate2> certificate;
    private readonly Lazy<X509Certificate2> serverCertificate;

    public CertificateAuthority(CertificateUse use, ICertificateKeep keep, IConfiguration configuration, TimeProvider clock)
    {
        this.clock = clock;
        this.keep = keep;
        InUse = use.Own;
        Names = NamesOf(use.Urls, configuration["Slipway:HostNames"]);
        certificate = new(() => keep.Load(Name) ?? keep.Keep(Name, CertificateMaker.Authority(clock.GetUtcNow())));
        serverCertificate = new(OpenServerCertificate);
    }

    /// <summary>False: the server has a certificate from elsewhere, or listens without TLS.</summary>
    public bool InUse { get; }

    /// <summary>Host names and addresses the server's certificate is for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate => certificate.Value;

    public X509Certificate2 ServerCertificate => serverCertificate.Value;

    /// <summary>sha256 of the certificate, hexadecimal: what join tokens carry.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Certificate.RawData));

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    private X509Certificate2 OpenServerCertificate()
    {
        var existing = keep.Load("server");
        return existing is not null && IsGood(existing) ? existing : keep.Keep("server", CertificateMaker.Server(Certificate, Names, clock.GetUtcNow()));
    }

    private bool IsGood(X509Certificate2 existing) =>
        existing.NotAfter.ToUniversalTime() - clock.GetUtcNow() > RenewBefore
        && existing.Issuer == Certificate.Subject
        && IsSignedByOurs(existing)
        && Names.Order(StringComparer.Ordinal).SequenceEqual(CertificateMaker.NamesIn(existing).Order(StringComparer.Ordinal));

    /// <summary>The CA may have been replaced by hand.</summary>
    private bool IsSignedByOurs(X509Certificate2 existing)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = existing.NotBefore.AddDays(2);
        return chain.Build(existing);
    }

    private static List<string> NamesOf(IEnumerable<string> urls, string? configured)
    {
        var hosts = urls.Select(url => BindingAddress.Parse(url).Host.Trim('[', ']')).Where(host => host is not ("*" or "+" or "0.0.0.0" or "::"));
        var more = (configured ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        return [.. ((string[])["localhost", "127.0.0.1", "::1", Environment.MachineName.ToLowerInvariant(), .. hosts, .. more])
            .Where(name => IPAddress.TryParse(name, out _) || Uri.CheckHostName(name) == UriHostNameType.Dns)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
