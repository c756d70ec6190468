using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Configuration;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Fetching;

/// <summary>GET /agent/v1/secrets/{service}/{revision}: the only way a secret leaves the server, and only to instances that run the service.</summary>
internal static class FetchSecrets
{
    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapGet("/agent/v1/secrets/{service}/{revision:int}", HandleAsync).WithMetadata(new AgentOnly()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        ServiceName service, int revision, CallingInstance caller, ConfigStore configs, HttpResponse response, CancellationToken cancellation)
    {
        if (caller.Instance.Member(service) is not { State.Assigned.Member: true } member)
            return new Refusal("forbidden", StatusCodes.Status403Forbidden, $"Instance {caller.Instance.Name} does not run {service}.").ToResult();

        if (await configs.DecryptSecretsAsync(member.Target, revision, cancellation) is not { } secrets)
            return Refusal.NotFound("config revision", $"{revision} of {member.Target}").ToResult();

        response.Headers.CacheControl = "no-store";
        return Results.Json(new SecretValues { Values = secrets }, ContractsJson.Default.SecretValues);
    }
}
