using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Slipway.Server.Access;

namespace Slipway.Server.Cluster;

/// <summary>By which nodes know each other: made at every start by the CA they share. Who cannot read the database cannot speak with a node.</summary>
internal sealed class NodeCertificate(CertificateAuthority authority, NodeIdentity identity, TimeProvider clock)
{
    private readonly Lazy<X509Certificate2> own = new(() => CertificateMaker.Node(authority.Certificate, identity.Name, clock.GetUtcNow()));

    public X509Certificate2 Own => own.Value;

    public bool IsNodes(X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) && certificate.Subject.StartsWith(CertificateMaker.NodeSubject, StringComparison.Ordinal);
    }
}
