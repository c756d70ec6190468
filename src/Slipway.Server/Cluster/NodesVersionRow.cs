using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Cluster;

/// <summary>The one row that orders all changes of the table of nodes.</summary>
internal sealed class NodesVersionRow
{
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;

    public int Version { get; set; }

    public static void Configure(ModelBuilder model)
    {
        model.Entity<NodesVersionRow>().ToTable("nodes_version").HasKey(row => row.Id);
        model.Entity<NodesVersionRow>().Property(row => row.Id).ValueGeneratedNever();
        model.Entity<NodesVersionRow>().Property(row => row.Version).IsConcurrencyToken();
    }
}
