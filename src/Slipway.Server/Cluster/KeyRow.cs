using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Cluster;

/// <summary>A key that all nodes need, as a file of the key folder would hold it; encrypted where <c>Slipway:Cluster:Secret</c> is set.</summary>
internal sealed class KeyRow
{
    public required string Name { get; set; }

    public required byte[] Content { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public static void Configure(ModelBuilder model) => model.Entity<KeyRow>().ToTable("keys").HasKey(row => row.Name);
}
