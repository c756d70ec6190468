using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>In the data directory's folder of keys.</summary>
internal sealed class KeyFiles(DataDirectory data) : IKeyKeep
{
    public string? Find(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : null;

    public string Keep(string name, string pem)
    {
        FirstStart.WriteOwnerOnly(PathOf(name), pem);
        return pem;
    }

    private string PathOf(string name) => Path.Combine(data.Keys, name + ".pem");
}
