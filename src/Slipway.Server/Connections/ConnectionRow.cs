using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Connections;
using Slipway.Server.Persistence;

namespace Slipway.Server.Connections;

internal sealed class ConnectionRow
{
    public required string Name { get; set; }

    public required string Type { get; set; }

    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>Each encrypted for its connection and name.</summary>
    public IReadOnlyDictionary<string, string> EncryptedSecrets { get; set; } = new Dictionary<string, string>();

    public long Revision { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string? UpdatedBy { get; set; }

    public Connection ToConnection() => new()
    {
        Name = Name,
        Type = Type,
        Values = Values,
        Secrets = [.. EncryptedSecrets.Keys.Order(StringComparer.Ordinal)],
        UpdatedAt = UpdatedAt,
        UpdatedBy = UpdatedBy,
    };

    internal sealed class Table : IEntityTypeConfiguration<ConnectionRow>
    {
        public void Configure(EntityTypeBuilder<ConnectionRow> builder)
        {
            builder.ToTable("connections").HasKey(row => row.Name);
            builder.Property(row => row.Name).HasMaxLength(63);
            builder.Property(row => row.Values).AsJson(ContractsJson.Default.IReadOnlyDictionaryStringString);
            builder.Property(row => row.EncryptedSecrets).AsJson(ContractsJson.Default.IReadOnlyDictionaryStringString);
            builder.Property(row => row.Revision).IsConcurrencyToken();
        }
    }
}
