using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances;

/// <summary>That an instance runs a service, and which version of it. A row without a version: a member that has nothing to run yet.</summary>
internal sealed class AssignmentRow
{
    public required InstanceName Instance { get; set; }

    public required ServiceName Service { get; set; }

    /// <summary>The instance's; repeated here so that a target's members are one index look-up.</summary>
    public required EnvironmentName Environment { get; set; }

    public VersionName? Version { get; set; }

    public int ConfigRevision { get; set; }

    /// <summary>Only grows; 0: nothing was ever assigned.</summary>
    public long Generation { get; set; }

    /// <summary>What runs must have been started for this generation or a later one; 0: it does not matter.</summary>
    public long RestartGeneration { get; set; }

    public string? Cause { get; set; }

    /// <summary>False: the service was taken from this instance; it is told to stop it.</summary>
    public bool Member { get; set; } = true;

    internal sealed class Table : IEntityTypeConfiguration<AssignmentRow>
    {
        public void Configure(EntityTypeBuilder<AssignmentRow> builder)
        {
            builder.ToTable("assignments").HasKey(row => new { row.Instance, row.Service });
            builder.HasIndex(row => new { row.Service, row.Environment });
            builder.Property(row => row.Generation).IsConcurrencyToken();
        }
    }
}
