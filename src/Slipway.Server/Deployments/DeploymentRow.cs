using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

/// <summary>A deployment for lists and pages; made from its events, in the same transaction.</summary>
internal sealed class DeploymentRow
{
    public required DeploymentId Id { get; set; }

    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    public required VersionName Version { get; set; }

    public int ConfigRevision { get; set; }

    public DeploymentStatus Status { get; set; }

    public string? CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public long Sequence { get; set; }

    /// <summary>Position among all deployments, from the clock's ticks; what pages are cut by.</summary>
    public long Order { get; set; }

    /// <summary>The deployment as the API shows it.</summary>
    public required Deployment View { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<DeploymentRow>
    {
        public void Configure(EntityTypeBuilder<DeploymentRow> builder)
        {
            builder.ToTable("deployments").HasKey(row => row.Id);
            builder.Property(row => row.View).AsJson(ContractsJson.Default.Deployment);
            builder.Property(row => row.Sequence).IsConcurrencyToken();
            builder.HasIndex(row => new { row.Service, row.Environment, row.CreatedAt });
            builder.HasIndex(row => row.Order);
            builder.HasIndex(row => row.Status);
            builder.HasIndex(row => new { row.CreatedBy, row.Order });
        }
    }
}
