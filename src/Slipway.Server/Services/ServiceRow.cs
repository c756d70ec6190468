using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Server.Services;

internal sealed class ServiceRow
{
    public required ServiceName Name { get; set; }

    /// <summary>The newest revision of its definition.</summary>
    public int Revision { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string? UpdatedBy { get; set; }

    public Service ToService(ServiceDefinition definition) => new()
    {
        Name = Name,
        Revision = Revision,
        Definition = definition,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        UpdatedBy = UpdatedBy,
    };

    internal sealed class Table : IEntityTypeConfiguration<ServiceRow>
    {
        public void Configure(EntityTypeBuilder<ServiceRow> builder)
        {
            builder.ToTable("services").HasKey(row => row.Name);
            builder.Property(row => row.Revision).IsConcurrencyToken();
        }
    }
}
