using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>What a request names, or why not.</summary>
internal static class InstanceLookup
{
    public static Outcome<LiveInstance> Find(LiveFleet fleet, InstanceName name) =>
        fleet.Find(name) is { Facts.RevokedAt: null } instance ? instance : Refusal.NotFound("instance", name);

    public static Outcome<LiveMember> Find(LiveFleet fleet, InstanceName name, ServiceName service)
    {
        if (!Find(fleet, name).Is(out var instance, out var refusal))
            return refusal;

        return instance.Member(service) is { State.Assigned.Member: true } member
            ? member
            : new Refusal("service_not_on_instance", StatusCodes.Status404NotFound, $"Instance {name} does not run {service}.");
    }

    public static Refusal NotConnected(InstanceName name) =>
        Refusal.Conflict("instance_not_connected", $"Instance {name} is not connected now. Look at its agent, or try again when it is back.");
}
