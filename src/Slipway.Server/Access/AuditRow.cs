using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Access;

internal sealed class AuditRow
{
    public long Id { get; set; }

    public DateTimeOffset Time { get; set; }

    public required string Actor { get; set; }

    public required string Action { get; set; }

    public int Status { get; set; }

    public string? Code { get; set; }

    public string? RemoteAddress { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> builder)
        {
            builder.ToTable("audit").HasKey(row => row.Id);
            builder.HasIndex(row => row.Time);
            builder.HasIndex(row => row.Actor);
        }
    }
}
