namespace Slipway.Contracts.Access;

/// <summary>The token the request came with.</summary>
public sealed record WhoAmI
{
    public required string Name { get; init; }

    public required Scope Scope { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required string ServerVersion { get; init; }

    public required string ServerId { get; init; }
}
