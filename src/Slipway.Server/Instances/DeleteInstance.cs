using System.Net.WebSockets;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Targets;

namespace Slipway.Server.Instances;

/// <summary>DELETE /instances/{instance}</summary>
internal static class DeleteInstance
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/instances/{instance}", HandleAsync)
            .Requires(Scope.Admin)
            .WithTags("Instances")
            .WithName("deleteInstance")
            .WithSummary("Takes an instance out for good")
            .WithDescription("Its key counts no more, its connection ends, and no deployment expects it any longer. Services that run on it are left alone. It may join again with a fresh join token.")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> HandleAsync(InstanceName instance, LiveFleet fleet, InstanceStore store, TargetSignals signals, KnownTargets targets, CancellationToken cancellation)
    {
        if (!InstanceLookup.Find(fleet, instance).Is(out var found, out var refusal))
            return refusal.ToResult();

        TargetId[] left = [.. found.Members.Where(member => member.State.Assigned.Member).Select(member => member.Target)];
        await store.RevokeAsync(found, cancellation);
        await targets.ForgetAsync(left, cancellation);
        found.Connection?.HangUp(WebSocketCloseStatus.PolicyViolation, "revoked");
        signals.Changed(found);
        return Results.NoContent();
    }
}
