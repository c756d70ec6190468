using System.Security.Cryptography.X509Certificates;

namespace Slipway.Server.Access;

/// <summary>Where certificates that the server has made are kept, with their private keys.</summary>
internal interface ICertificateKeep
{
    X509Certificate2? Load(string name);

    /// <summary>Keeps it, unless another node has kept one under that name in the same moment. Answers the one that counts.</summary>
    X509Certificate2 Keep(string name, X509Certificate2 made);
}
