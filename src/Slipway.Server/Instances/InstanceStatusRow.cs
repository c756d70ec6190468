using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances;

/// <summary>What an agent last said of a service, for lists and for the time after a restart of the server. Written in batches, behind the live view.</summary>
internal sealed class InstanceStatusRow
{
    public required InstanceName Instance { get; set; }

    public required ServiceName Service { get; set; }

    /// <summary>The last ServiceStatus message.</summary>
    public required byte[] Status { get; set; }

    /// <summary>The last PrepareStatus message. Only kept where other nodes read it.</summary>
    public byte[]? Prepare { get; set; }

    public string? RunningVersion { get; set; }

    public required string State { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<InstanceStatusRow>
    {
        public void Configure(EntityTypeBuilder<InstanceStatusRow> builder) =>
            builder.ToTable("instance_status").HasKey(row => new { row.Instance, row.Service });
    }
}
