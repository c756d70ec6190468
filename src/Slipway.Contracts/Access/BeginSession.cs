namespace Slipway.Contracts.Access;

/// <summary>Signs a browser in.</summary>
public sealed record BeginSession
{
    /// <summary>The API token: slp_… . It goes into a cookie that scripts cannot read.</summary>
    public required string Token { get; init; }
}
