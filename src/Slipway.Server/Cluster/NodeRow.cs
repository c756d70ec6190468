using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Cluster;

/// <summary>A node as all nodes know it: one row for each process that ever joined, until it is tidied away.</summary>
internal sealed class NodeRow
{
    /// <summary>Address, port and start of its silo, as Orleans writes them.</summary>
    public required string Silo { get; set; }

    /// <summary><see cref="NodeIdentity.Name"/></summary>
    public required string Name { get; set; }

    public required string HostName { get; set; }

    /// <summary>Orleans' <see cref="SiloStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Who has lost sight of it and when, as <c>silo=milliseconds</c>, separated by spaces.</summary>
    public required string Suspicions { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset AliveAt { get; set; }

    /// <summary>Grows as long as the node reaches the database (<see cref="NodeLease"/>).</summary>
    public long Beat { get; set; }

    /// <summary>Grows with every change but beats and signs of life; a writer that read an older one loses.</summary>
    public int Stamp { get; set; }

    public static void Configure(ModelBuilder model)
    {
        model.Entity<NodeRow>().ToTable("nodes").HasKey(row => row.Silo);
        model.Entity<NodeRow>().Property(row => row.Stamp).IsConcurrencyToken();
    }
}
