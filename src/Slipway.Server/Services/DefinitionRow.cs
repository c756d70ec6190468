using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Persistence;

namespace Slipway.Server.Services;

/// <summary>One revision of a service's definition; never changed once written, and kept when the service is deleted, so that its number is never used again.</summary>
internal sealed class DefinitionRow
{
    public required ServiceName Service { get; set; }

    public int Revision { get; set; }

    public required ServiceDefinition Definition { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<DefinitionRow>
    {
        public void Configure(EntityTypeBuilder<DefinitionRow> builder)
        {
            builder.ToTable("service_definitions").HasKey(row => new { row.Service, row.Revision });
            builder.Property(row => row.Definition).AsJson(ContractsJson.Default.ServiceDefinition);
        }
    }
}
