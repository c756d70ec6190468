using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Server.Versions;

/// <summary>Something that was made for a version outside of Slipway. Of those made in the same way for the same place the newest counts.</summary>
internal sealed class ReferenceRow
{
    public required ServiceName Service { get; set; }

    public required VersionName Version { get; set; }

    public required string Kind { get; set; }

    public required string Location { get; set; }

    /// <summary>Empty: fits any settings.</summary>
    public required string Recipe { get; set; }

    public required string Value { get; set; }

    public string? Name { get; set; }

    public DeploymentId? Deployment { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public ArtifactReference ToReference() => new()
    {
        Kind = Kind,
        Location = Location,
        Value = Value,
        Name = Name,
        Recipe = Recipe.Length == 0 ? null : Recipe,
        Deployment = Deployment,
        CreatedAt = CreatedAt,
    };

    internal sealed class Table : IEntityTypeConfiguration<ReferenceRow>
    {
        public void Configure(EntityTypeBuilder<ReferenceRow> builder)
        {
            builder.ToTable("artifact_references").HasKey(row => new { row.Service, row.Version, row.Kind, row.Location, row.Recipe });
            builder.HasIndex(row => new { row.Service, row.Value });
        }
    }
}
