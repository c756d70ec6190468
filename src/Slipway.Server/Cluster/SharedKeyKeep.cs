using System.Text;
using Slipway.Server.Access;

namespace Slipway.Server.Cluster;

/// <summary>In the database. One that lies in the folder of keys is taken over.</summary>
internal sealed class SharedKeyKeep(SharedKeys keys, KeyFiles files) : IKeyKeep
{
    public string? Find(string name) =>
        keys.Find(name) is { } content ? Encoding.UTF8.GetString(content)
        : files.Find(name) is { } own ? Keep(name, own)
        : null;

    public string Keep(string name, string pem) => Encoding.UTF8.GetString(keys.Keep(name, Encoding.UTF8.GetBytes(pem)));
}
