using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Instances.Leaving;
using Slipway.Server.Instances.Live;

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
            .WithDescription("Its key counts no more, its connection ends, and no deployment expects it any longer; the queue its agent has made for itself is removed. Services that run on it are left alone. It may join again with a fresh join token.")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> HandleAsync(InstanceName instance, LiveFleet fleet, Departure departure, QueueRemoval queues, CancellationToken cancellation)
    {
        if (!InstanceLookup.Find(fleet, instance).Is(out var found, out var refusal))
            return refusal.ToResult();

        await departure.TakeOutAsync(found, cancellation);
        await queues.RemoveAsync(found);
        return Results.NoContent();
    }
}
