using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Environments;

internal sealed class EnvironmentRow
{
    public required EnvironmentName Name { get; set; }

    public string? Description { get; set; }

    public int Order { get; set; }

    public bool Confirm { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<EnvironmentRow>
    {
        public void Configure(EntityTypeBuilder<EnvironmentRow> builder) =>
            builder.ToTable("environments").HasKey(row => row.Name);
    }
}
