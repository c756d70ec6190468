using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Access;

/// <summary>The one row that says which installation this database belongs to.</summary>
internal sealed class InstallationRow
{
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;

    public required string ServerId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<InstallationRow>
    {
        public void Configure(EntityTypeBuilder<InstallationRow> builder)
        {
            builder.ToTable("installation").HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
