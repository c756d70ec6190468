using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

/// <summary>One instance in one deployment: a row that changes, not an event each time.</summary>
internal sealed class ProgressRow
{
    public required DeploymentId Deployment { get; set; }

    public required InstanceName Instance { get; set; }

    /// <summary>Position in the plan.</summary>
    public int Order { get; set; }

    /// <summary>Grows with every change in the deployment; what a live view asks for.</summary>
    public long Revision { get; set; }

    public required InstanceProgress Progress { get; set; }

    public InstanceProgress ToProgress() => Progress with { Revision = Revision };

    internal sealed class Table : IEntityTypeConfiguration<ProgressRow>
    {
        public void Configure(EntityTypeBuilder<ProgressRow> builder)
        {
            builder.ToTable("deployment_instances").HasKey(row => new { row.Deployment, row.Instance });
            builder.Property(row => row.Progress).AsJson(ContractsJson.Default.InstanceProgress);
            builder.HasIndex(row => new { row.Deployment, row.Revision });
        }
    }
}
