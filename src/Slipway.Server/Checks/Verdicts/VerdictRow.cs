using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>The newest verdict on a deployment, and what has to be known to go on judging it.</summary>
internal sealed class VerdictRow
{
    public required DeploymentId Deployment { get; set; }

    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    /// <summary>It goes on being judged.</summary>
    public bool Open { get; set; }

    public DateTimeOffset JudgedAt { get; set; }

    public required VerdictQuestion Question { get; set; }

    public required DeploymentVerdict View { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<VerdictRow>
    {
        public void Configure(EntityTypeBuilder<VerdictRow> builder)
        {
            builder.ToTable("verdicts").HasKey(row => row.Deployment);
            builder.Property(row => row.Question).HasConversion(question => EngineJson.Write(question), text => EngineJson.Read<VerdictQuestion>(text));
            builder.Property(row => row.View).AsJson(ContractsJson.Default.DeploymentVerdict);
            builder.HasIndex(row => row.Open);
            builder.HasIndex(row => new { row.Service, row.Environment, row.JudgedAt });
        }
    }
}
