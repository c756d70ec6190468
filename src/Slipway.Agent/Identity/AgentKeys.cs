using System.Security.Cryptography;
using System.Text;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Identity;

/// <summary>
/// The agent's private key, which never leaves this machine, and while it is being rotated also the next one. Both are on disk before the server
/// hears of the next, so that after a crash at any moment one of the two is the one the server knows.
/// </summary>
internal sealed class AgentKeys : IDisposable
{
    private readonly DataFolder data;
    private readonly Lock gate = new();
    private ECDsa current;
    private ECDsa? next;
    private bool useNext;

    private AgentKeys(DataFolder data, ECDsa current, ECDsa? next) => (this.data, this.current, this.next) = (data, current, next);

    /// <summary>Null where nobody has joined yet.</summary>
    public static AgentKeys? Load(DataFolder data)
    {
        // A join that died between its last two steps: the server knows this key and there is no older one.
        if (!File.Exists(data.Key) && File.Exists(data.NextKey) && File.Exists(data.Identity))
            Adopt(data);

        return Read(data.Key) is { } key ? new(data, key, Read(data.NextKey)) : null;
    }

    /// <summary>Makes a key for `join`; it counts once <see cref="Adopt"/> has moved it into place.</summary>
    public static string CreateNext(DataFolder data)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(data.NextKey, key);
        return PublicKey(key);
    }

    /// <summary>Makes the key of <see cref="CreateNext"/> the agent's key.</summary>
    public static void Adopt(DataFolder data) => File.Move(data.NextKey, data.Key, overwrite: true);

    public AgentSignature Sign(AgentIdentity identity, string method, string path, DateTimeOffset now)
    {
        lock (gate)
            return AgentSignature.Create(useNext ? next! : current, identity.Instance, identity.ServerId, method, path, now);
    }

    /// <summary>The server does not know the key in use. True if there is another to try.</summary>
    public bool TryOther()
    {
        lock (gate)
        {
            if (next is null)
                return false;

            useNext = !useNext;
            return useNext;
        }
    }

    /// <summary>The server accepted what was signed last: if that was the next key, a crash had interrupted the rotation, which is complete now.</summary>
    public void Confirm()
    {
        lock (gate)
        {
            if (useNext)
                Promote();
        }
    }

    /// <summary>Makes the next key, or returns the one of a rotation that was interrupted.</summary>
    public string BeginRotation()
    {
        lock (gate)
        {
            if (next is null)
            {
                next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                Write(data.NextKey, next);
            }

            return PublicKey(next);
        }
    }

    public void CompleteRotation()
    {
        lock (gate)
        {
            if (next is not null)
                Promote();
        }
    }

    public void Dispose()
    {
        current.Dispose();
        next?.Dispose();
    }

    private void Promote()
    {
        Adopt(data);
        current.Dispose();
        (current, next, useNext) = (next!, null, false);
    }

    private static string PublicKey(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static void Write(string path, ECDsa key) => AtomicFile.Write(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));

    private static ECDsa? Read(string path)
    {
        if (!File.Exists(path))
            return null;

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }
}
