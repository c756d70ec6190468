using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>The keys that every node needs, in the database: the CA's, the one that broadcasts are signed with, the ring that secrets are encrypted with.</summary>
internal sealed class SharedKeys(IDbContextFactory<SlipwayDb> databases, KeySeal seal, TimeProvider time)
{
    public byte[]? Find(string name)
    {
        using var db = databases.CreateDbContext();
        return db.Set<KeyRow>().AsNoTracking().SingleOrDefault(row => row.Name == name) is { } row ? seal.Open(name, row.Content) : null;
    }

    public IReadOnlyList<(string Name, byte[] Content)> All()
    {
        using var db = databases.CreateDbContext();
        return [.. db.Set<KeyRow>().AsNoTracking().ToList().Select(row => (row.Name, seal.Open(row.Name, row.Content)))];
    }

    /// <summary>Keeps it, unless another node was first. Answers what counts.</summary>
    public byte[] Keep(string name, byte[] content)
    {
        using var db = databases.CreateDbContext();
        db.Add(new KeyRow { Name = name, Content = seal.Close(name, content), CreatedAt = time.GetUtcNow() });
        try
        {
            db.SaveChanges();
            return content;
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            return Find(name)!;
        }
    }
}
