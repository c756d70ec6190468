using Google.Protobuf;
using Slipway.Contracts.Access;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances;

/// <summary>POST /instances/{instance}/services/{service}/restart</summary>
internal static class RestartService
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/instances/{instance}/services/{service}/restart", HandleAsync)
            .Requires(Scope.Deploy)
            .WithTags("Instances")
            .WithName("restartService")
            .WithSummary("Restarts a service on one instance")
            .WithDescription("The version stays; drain, stop, start and health check are those of a deployment. Refused while the instance is not connected. The answer does not wait for the restart: its state is seen on the instance.")
            .Produces(StatusCodes.Status202Accepted);

    private static async Task<IResult> HandleAsync(
        InstanceName instance, ServiceName service, HttpContext context, LiveFleet fleet, AssignmentStore assignments)
    {
        if (!InstanceLookup.Find(fleet, instance, service).Is(out var member, out var refusal))
            return refusal.ToResult();

        if (AccessRules.Refuse(context.User, Scope.Deploy, service, member.Target.Environment) is { } forbidden)
            return forbidden.ToResult();

        if (!member.Instance.IsConnected)
            return InstanceLookup.NotConnected(instance).ToResult();

        if (member.State.Assigned.Release is null)
            return Refusal.Conflict("nothing_to_restart", $"Nothing is deployed to {member.Target} on {instance} yet.").ToResult();

        var generation = await assignments.NextGenerationAsync(member, context.RequestAborted);
        var restart = new Restart { Service = service.Value, Generation = generation, Cause = $"restart by {Actor.Of(context)}" };
        return member.Instance.Connection?.Send(new ToAgent { Restart = restart }.ToByteArray()) == true
            ? Results.Accepted()
            : InstanceLookup.NotConnected(instance).ToResult();
    }
}
