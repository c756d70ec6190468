using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Joining;
using Slipway.Server.Instances.Signatures;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Fetching;

/// <summary>POST /agent/v1/keys: signed with the old key, brings the new one.</summary>
internal static class RotateKey
{
    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapPost(AgentPaths.Keys, HandleAsync).WithMetadata(new AgentOnly()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(RotateKeyRequest request, CallingInstance caller, InstanceStore instances, CancellationToken cancellation)
    {
        if (!JoinRules.ParseKey(request.PublicKey).Is(out var key, out var refusal))
            return refusal.ToResult();

        await instances.ReplaceKeyAsync(caller.Instance, key, cancellation);
        return Results.NoContent();
    }
}
