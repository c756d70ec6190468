using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Access;

/// <summary>The token the request came with.</summary>
public sealed record WhoAmI
{
    public required string Name { get; init; }

    public required Scope Scope { get; init; }

    /// <summary>The services it may change. Absent: all.</summary>
    public IReadOnlyList<ServiceName>? Services { get; init; }

    /// <summary>The environments it may deploy to. Absent: all.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required string ServerVersion { get; init; }

    public required string ServerId { get; init; }
}
