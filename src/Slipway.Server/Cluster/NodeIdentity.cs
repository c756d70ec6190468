using System.Security.Cryptography;

namespace Slipway.Server.Cluster;

/// <summary>This process among the nodes of a cluster. One that is started again is another node.</summary>
internal sealed class NodeIdentity
{
    private const int Bytes = 4;

    public string Name { get; } = $"node-{RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true)}";
}
