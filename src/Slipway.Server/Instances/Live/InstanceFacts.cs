namespace Slipway.Server.Instances.Live;

/// <summary>What is stored of an instance and seldom changes.</summary>
/// <param name="PublicKey">DER SubjectPublicKeyInfo.</param>
internal sealed record InstanceFacts(
    byte[] PublicKey, IReadOnlyDictionary<string, string> Labels, string? AgentVersion, DateTimeOffset JoinedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>What broadcasts call it. Given once, never to another.</summary>
    public required uint Number { get; init; }

    public Transport Transport { get; init; }

    public QueueFacts? Queue { get; init; }
}
