using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets.Observing;

/// <summary>What was last seen of a target whose instances Slipway does not run itself.</summary>
internal sealed class ObservationRow
{
    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    public required InstanceGroups Seen { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ObservationRow>
    {
        public void Configure(EntityTypeBuilder<ObservationRow> builder)
        {
            builder.ToTable("target_observations").HasKey(row => new { row.Service, row.Environment });
            builder.Property(row => row.Seen).AsJson(ContractsJson.Default.InstanceGroups);
        }
    }
}
