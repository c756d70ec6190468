using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Access;

/// <summary>Makes an API token.</summary>
public sealed record CreateToken
{
    /// <summary>Who or what uses it; stands in the record of everything it does.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do; each scope includes the ones before it.</summary>
    public required Scope Scope { get; init; }

    /// <summary>It may change only these services. For publish and deploy; absent: all.</summary>
    public IReadOnlyList<ServiceName>? Services { get; init; }

    /// <summary>It may deploy only to these environments. For publish and deploy; absent: all.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    /// <summary>Default: 90d; at most 365d.</summary>
    public Duration? ExpiresIn { get; init; }
}
