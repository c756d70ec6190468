using System.Security.Cryptography.X509Certificates;
using System.Text;
using Slipway.Server.Access;

namespace Slipway.Server.Cluster;

/// <summary>One CA for all nodes, in the database; what it makes for a node is that node's own. A CA that lies in the folder of keys is taken over.</summary>
internal sealed class SharedCertificates(SharedKeys keys, CertificateFiles files) : ICertificateKeep
{
    public X509Certificate2? Load(string name)
    {
        if (name != CertificateAuthority.Name)
            return files.Load(name);

        if (keys.Find(name) is { } content)
            return Read(content);

        return files.Load(name) is { } own ? Keep(name, own) : null;
    }

    public X509Certificate2 Keep(string name, X509Certificate2 made)
    {
        if (name != CertificateAuthority.Name)
            return files.Keep(name, made);

        using var key = made.GetECDsaPrivateKey()!;
        return Read(keys.Keep(name, Encoding.UTF8.GetBytes($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n")));
    }

    private static X509Certificate2 Read(byte[] content)
    {
        var pem = Encoding.UTF8.GetString(content);
        return X509Certificate2.CreateFromPem(pem, pem);
    }
}
