using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Versions.Shared;

/// <summary>Some bytes of a file, in the order of <see cref="Index"/>.</summary>
internal sealed class SharedArtifactPart
{
    public required ArtifactDigest Digest { get; set; }

    public int Index { get; set; }

    public required byte[] Bytes { get; set; }

    public static void Configure(ModelBuilder model) => model.Entity<SharedArtifactPart>().ToTable("artifact_parts").HasKey(row => new { row.Digest, row.Index });
}
