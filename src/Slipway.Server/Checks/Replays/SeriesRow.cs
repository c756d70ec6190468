using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Checks.Replays;

/// <summary>What a judged deployment's instances measured.</summary>
internal sealed class SeriesRow
{
    public required DeploymentId Deployment { get; set; }

    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    /// <summary>As <see cref="SignalArchive"/> writes it.</summary>
    public required byte[] Content { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<SeriesRow>
    {
        public void Configure(EntityTypeBuilder<SeriesRow> builder)
        {
            builder.ToTable("verdict_series").HasKey(row => row.Deployment);
            builder.HasIndex(row => new { row.Service, row.Environment, row.SavedAt });
        }
    }
}
