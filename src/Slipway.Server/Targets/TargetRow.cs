using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

internal sealed class TargetRow
{
    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    /// <summary>What it should run; set when a deployment has succeeded.</summary>
    public VersionName? Version { get; set; }

    public int ConfigRevision { get; set; }

    public VersionName? PreviousVersion { get; set; }

    public int PreviousConfigRevision { get; set; }

    public DateTimeOffset? DeployedAt { get; set; }

    public string? DeployedBy { get; set; }

    public DeploymentId? Deployment { get; set; }

    public DeploymentId? RunningDeployment { get; set; }

    public DeploymentId? QueuedDeployment { get; set; }

    public Hold? Hold { get; set; }

    public string? AutoDeployBranch { get; set; }

    /// <summary>Grows with every change; a writer that read an older one loses.</summary>
    public long Stamp { get; set; }

    public TargetId Id => new(Service, Environment);

    internal sealed class Table : IEntityTypeConfiguration<TargetRow>
    {
        public void Configure(EntityTypeBuilder<TargetRow> builder)
        {
            builder.ToTable("targets").HasKey(row => new { row.Service, row.Environment });
            builder.Ignore(row => row.Id);
            builder.Property(row => row.Hold).AsJson(ContractsJson.Default.Hold);
            builder.Property(row => row.Stamp).IsConcurrencyToken();
            builder.HasIndex(row => row.AutoDeployBranch);
        }
    }
}
