using System.Security.Cryptography.X509Certificates;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>In the data directory's folder of keys.</summary>
internal sealed class CertificateFiles(DataDirectory data) : ICertificateKeep
{
    public X509Certificate2? Load(string name)
    {
        var (certificatePath, keyPath) = Paths(name);
        return File.Exists(certificatePath) && File.Exists(keyPath) ? X509Certificate2.CreateFromPemFile(certificatePath, keyPath) : null;
    }

    /// <summary>The key first: a certificate without its key is made again at the next start.</summary>
    public X509Certificate2 Keep(string name, X509Certificate2 made)
    {
        var (certificatePath, keyPath) = Paths(name);
        using var key = made.GetECDsaPrivateKey()!;
        FirstStart.WriteOwnerOnly(keyPath, key.ExportPkcs8PrivateKeyPem());
        FirstStart.WriteOwnerOnly(certificatePath, made.ExportCertificatePem());
        return made;
    }

    private (string Certificate, string Key) Paths(string name) => (Path.Combine(data.Keys, $"{name}.pem"), Path.Combine(data.Keys, $"{name}-key.pem"));
}
