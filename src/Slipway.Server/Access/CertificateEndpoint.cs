using Slipway.Contracts.Agents;
using Slipway.Server.Api;

namespace Slipway.Server.Access;

internal static class CertificateEndpoint
{
    /// <summary>Without authentication: a certificate is public, and an agent asks before it trusts.</summary>
    public static void MapCertificateAuthority(this IEndpointRouteBuilder app) =>
        app.MapGet(AgentPaths.CertificateAuthority, (CertificateAuthority authority) => authority.InUse
            ? TypedResults.Text(authority.Pem, "application/x-pem-file")
            : new Refusal("no_own_ca", StatusCodes.Status404NotFound, "This server uses no CA of its own; its certificate is checked like any other.").ToResult());
}
