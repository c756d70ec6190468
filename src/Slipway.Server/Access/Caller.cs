using System.Security.Claims;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Access;

/// <summary>Who a request came from, with everything its token may do. It is the request's <c>User.Identity</c>.</summary>
internal sealed class Caller : ClaimsIdentity
{
    public Caller(string tokenId, string name, Scope scope)
        : base([new Claim(DefaultNameClaimType, name)], "token") =>
        (TokenId, TokenName, Scope) = (tokenId, name, scope);

    public string TokenId { get; }

    public string TokenName { get; }

    public Scope Scope { get; }

    /// <summary>Null: all.</summary>
    public IReadOnlyList<ServiceName>? Services { get; init; }

    /// <summary>Null: all.</summary>
    public IReadOnlyList<EnvironmentName>? Environments { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public static Caller? Of(ClaimsPrincipal user) => user.Identity as Caller;

    public static Caller Of(TokenRow row) => new(row.Id, row.Name, row.Scope)
    {
        Services = row.Services,
        Environments = row.Environments,
        ExpiresAt = row.ExpiresAt,
    };
}
