using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Access;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>GET /instances/{instance}</summary>
internal static class GetInstance
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/instances/{instance}", Handle)
            .Requires(Scope.Read)
            .WithTags("Instances")
            .WithName("getInstance")
            .WithSummary("One instance and what runs on it")
            .WithDescription("What should run on it (assigned) and what its agent last said (running, state, reason), for each of its services.")
            .Produces<Instance>();

    private static IResult Handle(InstanceName instance, LiveFleet fleet) =>
        InstanceLookup.Find(fleet, instance).Is(out var found, out var refusal)
            ? Results.Json(InstanceViews.Of(found), ContractsJson.Default.Instance)
            : refusal.ToResult();
}
