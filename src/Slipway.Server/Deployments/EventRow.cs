using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>One event. (deployment, sequence) is unique: of two writers one loses and steps back.</summary>
internal sealed class EventRow
{
    public long Id { get; set; }

    public required DeploymentId Deployment { get; set; }

    public long Sequence { get; set; }

    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    public required string Type { get; set; }

    public DateTimeOffset Time { get; set; }

    public string? Actor { get; set; }

    public required string Message { get; set; }

    /// <summary>The <see cref="DeploymentFact"/> as JSON.</summary>
    public required string Fact { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<EventRow>
    {
        public void Configure(EntityTypeBuilder<EventRow> builder)
        {
            builder.ToTable("deployment_events").HasKey(row => row.Id);
            builder.HasIndex(row => new { row.Deployment, row.Sequence }).IsUnique();
        }
    }
}
