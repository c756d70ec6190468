using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Configuration;

/// <summary>One config revision of a target; never changed once written.</summary>
internal sealed class ConfigRevisionRow
{
    public required ServiceName Service { get; set; }

    public required EnvironmentName Environment { get; set; }

    public int Number { get; set; }

    public required IReadOnlyDictionary<string, string> Values { get; set; }

    /// <summary>Name to value, encrypted with the key ring of the data directory.</summary>
    public required IReadOnlyDictionary<string, string> EncryptedSecrets { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    /// <summary>What everybody may see: of secrets only the names.</summary>
    public ConfigRevision ToRevision() => new()
    {
        Target = new(Service, Environment),
        Number = Number,
        Values = Values,
        SecretNames = [.. EncryptedSecrets.Keys.Order(StringComparer.Ordinal)],
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
    };

    internal sealed class Table : IEntityTypeConfiguration<ConfigRevisionRow>
    {
        public void Configure(EntityTypeBuilder<ConfigRevisionRow> builder)
        {
            builder.ToTable("config_revisions").HasKey(row => new { row.Service, row.Environment, row.Number });
            builder.Property(row => row.Values).AsJson(ContractsJson.Default.IReadOnlyDictionaryStringString);
            builder.Property(row => row.EncryptedSecrets).AsJson(ContractsJson.Default.IReadOnlyDictionaryStringString);
        }
    }
}
