using Slipway.Contracts.Access;

namespace Slipway.Server.Access;

/// <summary>The scope an endpoint needs. An endpoint of the API that says none needs admin.</summary>
internal sealed record RequiredScope(Scope Scope);

internal static class RequiredScopeExtensions
{
    /// <summary>
    /// Callers need a token with this scope, and if it is restricted one for the <c>{service}</c> and <c>{environment}</c> of the route.
    /// Names that are not in the route are checked by the endpoint with <see cref="AccessRules"/>.
    /// </summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Scope scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiredScope(scope));
}
