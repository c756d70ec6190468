using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Versions;

/// <summary>A file on its way; how much has arrived is the length of the partial file.</summary>
internal sealed class UploadRow
{
    public required ArtifactDigest Sha256 { get; set; }

    public long Size { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<UploadRow>
    {
        public void Configure(EntityTypeBuilder<UploadRow> builder) =>
            builder.ToTable("uploads").HasKey(row => row.Sha256);
    }
}
