namespace Slipway.Contracts.Access;

/// <summary>A join token with the line to paste.</summary>
public sealed record JoinTokenCreated
{
    /// <summary>Shown only now.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The line to run on the instance; replace the service by yours.</summary>
    public required string Command { get; init; }
}
