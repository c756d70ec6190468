using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

internal sealed class TokenRow
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>sha256 of the secret, which has 256 random bits: nothing slower is needed.</summary>
    public required byte[] Hash { get; set; }

    public Scope Scope { get; set; }

    public IReadOnlyList<ServiceName>? Services { get; set; }

    public IReadOnlyList<EnvironmentName>? Environments { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<TokenRow>
    {
        public void Configure(EntityTypeBuilder<TokenRow> builder)
        {
            builder.ToTable("tokens").HasKey(row => row.Id);
            builder.Property(row => row.Services).AsJson(ContractsJson.Default.IReadOnlyListServiceName);
            builder.Property(row => row.Environments).AsJson(ContractsJson.Default.IReadOnlyListEnvironmentName);
        }
    }
}
