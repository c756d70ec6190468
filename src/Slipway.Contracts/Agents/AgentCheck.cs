using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Agents;

/// <summary>GET /agent/v1/check: how the server sees the instance that asks.</summary>
public sealed record AgentCheck
{
    public required InstanceName Instance { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>An agent of this instance is in touch.</summary>
    public required bool Connected { get; init; }

    /// <summary>When it last told its whole story.</summary>
    public DateTimeOffset? LastHelloAt { get; init; }

    /// <summary>The server publishes commands for agents of the AWS transport.</summary>
    public required bool Publishes { get; init; }

    /// <summary>Where artifacts are, if they are in S3.</summary>
    public string? Bucket { get; init; }

    public string? BucketPrefix { get; init; }
}
