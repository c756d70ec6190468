using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Access;

internal sealed class JoinTokenRow
{
    public required string Id { get; set; }

    public required byte[] Hash { get; set; }

    public EnvironmentName? Environment { get; set; }

    public int UsesLeft { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<JoinTokenRow>
    {
        public void Configure(EntityTypeBuilder<JoinTokenRow> builder)
        {
            builder.ToTable("join_tokens").HasKey(row => row.Id);
            builder.Property(row => row.UsesLeft).IsConcurrencyToken();
        }
    }
}
