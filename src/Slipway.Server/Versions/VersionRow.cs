using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Persistence;

namespace Slipway.Server.Versions;

internal sealed class VersionRow
{
    public required ServiceName Service { get; set; }

    public required VersionName Version { get; set; }

    /// <summary>Counts the service's versions as they were published, from 1; what lies between two versions is a subtraction.</summary>
    public int Number { get; set; }

    /// <summary>The commits of this version and of all before it.</summary>
    public int CommitsSoFar { get; set; }

    public IReadOnlyList<Commit> Commits { get; set; } = [];

    public ArtifactDigest? Artifact { get; set; }

    public long ArtifactSize { get; set; }

    public ArtifactKind? Format { get; set; }

    public string? FileName { get; set; }

    public int DefinitionRevision { get; set; }

    public string? Commit { get; set; }

    public string? Branch { get; set; }

    public string? BuildUrl { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public string? BadBecause { get; set; }

    /// <summary>What follows from its publication, preparing ahead and automatic deployments, is still to be done: a server may die right after storing it.</summary>
    public bool FollowUpDue { get; set; }

    public Artifact? ToArtifact() => Artifact is not { } digest ? null : new()
    {
        Sha256 = digest,
        Size = ArtifactSize,
        Format = Format ?? ArtifactKind.SingleFile,
        FileName = FileName ?? digest.Value,
    };

    public ServiceVersion ToVersion(IEnumerable<ArtifactReference>? references = null) => new()
    {
        Service = Service,
        Version = Version,
        Number = Number,
        Artifact = ToArtifact(),
        DefinitionRevision = DefinitionRevision,
        Commit = Commit,
        Branch = Branch,
        BuildUrl = BuildUrl,
        Commits = Commits,
        References = [.. references ?? []],
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
        BadBecause = BadBecause,
    };

    internal sealed class Table : IEntityTypeConfiguration<VersionRow>
    {
        public void Configure(EntityTypeBuilder<VersionRow> builder)
        {
            builder.ToTable("versions").HasKey(row => new { row.Service, row.Version });
            builder.HasIndex(row => new { row.Service, row.CreatedAt });
            builder.HasIndex(row => row.Artifact);
            builder.HasIndex(row => row.FollowUpDue);
            builder.HasIndex(row => new { row.Service, row.Number }).IsUnique().HasFilter("\"Number\" > 0");
            builder.Property(row => row.Commits).AsJson(ContractsJson.Default.IReadOnlyListCommit);
        }
    }
}
