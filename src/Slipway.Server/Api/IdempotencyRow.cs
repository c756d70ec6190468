using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Api;

/// <summary>The answer to a POST that came with an Idempotency-Key, given again when the same request is repeated.</summary>
internal sealed class IdempotencyRow
{
    public required string Actor { get; set; }

    public required string Key { get; set; }

    /// <summary>sha256 of method, path and body: the same key for something else is refused.</summary>
    public required byte[] Request { get; set; }

    /// <summary>0: under way.</summary>
    public int Status { get; set; }

    public string? Body { get; set; }

    public string? Location { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<IdempotencyRow>
    {
        public void Configure(EntityTypeBuilder<IdempotencyRow> builder) =>
            builder.ToTable("idempotency_keys").HasKey(row => new { row.Actor, row.Key });
    }
}
