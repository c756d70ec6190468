using System.Security.Cryptography;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Access;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// The key by which broadcasts are signed: made once, kept beside the server's other keys. Deleted, a new one is made at the next start, and agents
/// learn it when they next report.
/// </summary>
internal sealed class BrokerKey : IDisposable
{
    private const string Name = "broadcast-key";
    private readonly Lock gate = new();
    private readonly ECDsa key;
    private readonly byte[] publicKey;
    private readonly string id;

    public BrokerKey(IKeyKeep keep)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key.ImportFromPem(keep.Find(Name) ?? keep.Keep(Name, key.ExportPkcs8PrivateKeyPem()));
        publicKey = key.ExportSubjectPublicKeyInfo();
        id = BroadcastSeal.KeyId(publicKey);
    }

    public SigningKey Public => new() { Id = id, PublicKey = ByteString.CopyFrom(publicKey) };

    public byte[] Seal(Broadcast broadcast)
    {
        lock (gate)
            return BroadcastSeal.Seal(broadcast, key, id);
    }

    public void Dispose() => key.Dispose();
}
