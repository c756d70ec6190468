using System.Security.Claims;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Access;

/// <summary>
/// What a token may do. Scopes include the ones before them: read, publish, deploy, admin. A token restricted to services or environments may change
/// only those; it may still read everything, because what runs where is no secret among those who deploy.
/// </summary>
internal static class AccessRules
{
    /// <summary>
    /// Null when it is allowed; else why not. Endpoints whose route has <c>{service}</c> and <c>{environment}</c> need no call:
    /// <see cref="RequiredScope"/> checks them before. Those that get the names from a body, or from a deployment's id, call this.
    /// </summary>
    public static Refusal? Refuse(ClaimsPrincipal user, Scope scope, ServiceName? service = null, EnvironmentName? environment = null) =>
        Caller.Of(user) is { } caller ? Refuse(caller, scope, service, environment) : Unauthenticated;

    /// <inheritdoc cref="Refuse(ClaimsPrincipal, Scope, ServiceName?, EnvironmentName?)"/>
    public static Refusal? Refuse(Caller caller, Scope scope, ServiceName? service = null, EnvironmentName? environment = null)
    {
        if (caller.Scope < scope)
            return Forbidden($"This needs a token with the scope {Name(scope)}; \"{caller.TokenName}\" has {Name(caller.Scope)}. Ask an administrator for one.");

        if (scope >= Scope.Publish && service is { } s && caller.Services is { } services && !services.Contains(s))
            return Forbidden($"The token \"{caller.TokenName}\" may change only the services {List(services)}, not {s}. Use a token for {s}.");

        if (scope >= Scope.Deploy && environment is { } e && caller.Environments is { } environments && !environments.Contains(e))
            return Forbidden($"The token \"{caller.TokenName}\" may deploy only to {List(environments)}, not to {e}. Use a token for {e}.");

        return null;
    }

    /// <summary>Whether such a token may be made by this caller.</summary>
    public static Refusal? RefuseToMake(Caller caller, CreateToken wanted)
    {
        if (wanted.Scope > caller.Scope)
            return Forbidden($"A token cannot make one that may do more than itself: \"{caller.TokenName}\" has {Name(caller.Scope)}, not {Name(wanted.Scope)}.");

        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Length > 100 || wanted.Name.Any(char.IsControl))
            return Refusal.Invalid("name", "A token's name has 1 to 100 characters; it stands in the record of everything the token does.");

        if (wanted.ExpiresIn is { } time && time.Time <= TimeSpan.Zero)
            return Refusal.Invalid("expiresIn", "A token must be valid for some time: 1h, 90d, at most 365d.");

        var restricted = wanted.Services is not null || wanted.Environments is not null;
        if (restricted && wanted.Scope is Scope.Read or Scope.Admin)
            return Refusal.Invalid("scope", $"Services and environments restrict what a token may change; they have no meaning for the scope {Name(wanted.Scope)}. Leave them out, or make it publish or deploy.");

        if (wanted.Services is [] || wanted.Environments is [])
            return Refusal.Invalid(wanted.Services is [] ? "services" : "environments", "An empty list would allow nothing. Leave it out to allow all.");

        return null;
    }

    public static string Name(Scope scope) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(scope.ToString());

    public static Refusal Unauthenticated { get; } = new(
        "unauthenticated",
        StatusCodes.Status401Unauthorized,
        "Send a token: \"Authorization: Bearer slp_…\". The first one is in <data directory>/admin-token on the server; the command line takes it from SLIPWAY_TOKEN or `slipway login`.");

    private static Refusal Forbidden(string detail) => new("forbidden", StatusCodes.Status403Forbidden, detail);

    private static string List<T>(IReadOnlyList<T> names) => string.Join(", ", names);
}
