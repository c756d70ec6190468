using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Access;

/// <summary>A join token that can still be used. Its secret is not kept.</summary>
public sealed record JoinTokenInfo
{
    public required string Id { get; init; }

    /// <summary>Only instances of this environment may join with it. Absent: any.</summary>
    public EnvironmentName? Environment { get; init; }

    /// <summary>How many more instances may join with it.</summary>
    public required int UsesLeft { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }
}
