using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances;

internal sealed class InstanceRow
{
    public required InstanceName Name { get; set; }

    public required EnvironmentName Environment { get; set; }

    public required IReadOnlyDictionary<string, string> Labels { get; set; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; set; }

    public string? AgentVersion { get; set; }

    public DateTimeOffset JoinedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The node its agent speaks with. Null, or a node that is gone: none.</summary>
    public string? Node { get; set; }

    /// <summary>What broadcasts call it: given once, in the order of joining.</summary>
    public long Number { get; set; }

    public Transport Transport { get; set; }

    public string? QueueUrl { get; set; }

    public string? SubscriptionArn { get; set; }

    /// <summary>The agent made the queue.</summary>
    public bool OwnQueue { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<InstanceRow>
    {
        public void Configure(EntityTypeBuilder<InstanceRow> builder)
        {
            builder.ToTable("instances").HasKey(row => row.Name);
            builder.Property(row => row.Labels).AsJson(ContractsJson.Default.IReadOnlyDictionaryStringString);
            builder.HasIndex(row => row.Environment);
            builder.HasIndex(row => row.Number).IsUnique();
            builder.Property(row => row.Transport).HasConversion<string>();
        }
    }
}
