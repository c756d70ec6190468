using Slipway.Server.Access;
using Slipway.Server.Cluster;
using Slipway.Server.Persistence;

namespace Slipway.Server.Maintenance;

/// <summary>The keys of a server between its data directory, or the database of a cluster, and the directory of a backup.</summary>
internal sealed class KeyCopy(IDatabase database, DataDirectory data, IServiceProvider services)
{
    private const string Authority = CertificateAuthority.Name;
    private const string Ring = SharedKeyRing.Prefix;

    public void Save(DataDirectory target)
    {
        if (!database.IsShared)
        {
            CopyFiles(data.Keys, target.Keys);
            return;
        }

        var keys = services.GetRequiredService<SharedKeys>();
        if (keys.Find(Authority) is { } authority)
            KeyFormats.WriteAuthority(target.Keys, authority);

        foreach (var (name, content) in keys.All().Where(key => key.Name != Authority))
            OwnerOnlyFile.Write(Path.Combine(target.Keys, name.StartsWith(Ring, StringComparison.Ordinal) ? name[Ring.Length..] + ".xml" : name + ".pem"), content);
    }

    public void Load(DataDirectory source)
    {
        if (!database.IsShared)
        {
            CopyFiles(source.Keys, data.Keys);
            return;
        }

        var keys = services.GetRequiredService<SharedKeys>();
        if (KeyFormats.ReadAuthority(source.Keys) is { } authority)
            keys.Keep(Authority, authority);

        foreach (var file in Directory.EnumerateFiles(source.Keys, "key-*.xml"))
            keys.Keep(Ring + Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file));

        foreach (var file in Directory.EnumerateFiles(source.Keys, "*.pem").Where(file => !KeyFormats.IsCertificate(file)))
            keys.Keep(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file));
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            OwnerOnlyFile.Write(Path.Combine(to, Path.GetFileName(file)), File.ReadAllBytes(file));
    }
}
