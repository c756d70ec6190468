namespace Slipway.Contracts.Access;

/// <summary>A new token and its secret.</summary>
public sealed record TokenCreated
{
    public required Token Token { get; init; }

    /// <summary>Shown only now.</summary>
    public required string Secret { get; init; }
}
