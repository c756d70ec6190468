using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Versions.Shared;

/// <summary>A file in the database. It is there once all its parts are.</summary>
internal sealed class SharedArtifactRow
{
    public required ArtifactDigest Digest { get; set; }

    public long Size { get; set; }

    public DateTimeOffset LastUsedAt { get; set; }

    public static void Configure(ModelBuilder model) => model.Entity<SharedArtifactRow>().ToTable("artifacts").HasKey(row => row.Digest);
}
