using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Deployments;

/// <summary>The id of a deployment that somebody asks for. With an Idempotency-Key it follows from the request, so a repeated request finds what a server that died has made.</summary>
internal static class RequestedId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static DeploymentId Of(HttpContext context) => Idempotency.Seed(context) is { } seed
        ? DeploymentId.Parse("d-" + string.Concat(seed.Take(10).Select(part => Alphabet[part % Alphabet.Length])))
        : DeploymentId.New();
}
