using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Joining;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Instances.Telling;
using Slipway.Server.Targets;

namespace Slipway.Server.Instances;

/// <summary>PATCH /instances/{instance}</summary>
internal static class ChangeInstance
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/instances/{instance}", HandleAsync)
            .Requires(Scope.Deploy)
            .WithTags("Instances")
            .WithName("changeInstance")
            .WithSummary("Changes what an instance runs, or its labels")
            .WithDescription("""
                `services` and `labels` each replace the list before; what is absent stays. A service that is new to the instance gets what its target
                runs by itself, also in the middle of a deployment. One that is taken away is stopped.
                """)
            .Accepts<PatchInstance>("application/json")
            .Produces<Instance>();

    private static async Task<IResult> HandleAsync(
        InstanceName instance, PatchInstance change, HttpContext context, LiveFleet fleet, InstanceStore store, Convergence convergence, Teller teller, TargetSignals signals, KnownTargets targets)
    {
        if (!InstanceLookup.Find(fleet, instance).Is(out var found, out var refusal))
            return refusal.ToResult();

        if (Refuse(context, found, change) is { } refused)
            return refused.ToResult();

        if (change.Labels is { } labels)
            await store.ChangeLabelsAsync(found, labels, context.RequestAborted);

        if (change.Services is { } services)
        {
            var removed = await store.ChangeServicesAsync(found, services, context.RequestAborted);
            teller.Removal(removed);
            await targets.ForgetAsync([.. removed.Select(member => member.Target)], context.RequestAborted);
            await targets.EnsureAsync([.. services.Select(service => new TargetId(service, found.Environment))], context.RequestAborted);
            await convergence.RunAsync(found, context.RequestAborted);
            signals.Changed(found);
        }

        return Results.Json(InstanceViews.Of(found), ContractsJson.Default.Instance);
    }

    private static Refusal? Refuse(HttpContext context, LiveInstance instance, PatchInstance change)
    {
        if ((change.Services is { } services ? JoinRules.CheckServices(services) : null) is { } badServices)
            return badServices;

        if ((change.Labels is { } labels ? JoinRules.CheckLabels(labels) : null) is { } badLabels)
            return badLabels;

        return Touched(instance, change)
            .Select(service => AccessRules.Refuse(context.User, Scope.Deploy, service, instance.Environment))
            .FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>The services that come or go; a change of labels touches none and needs the environment only.</summary>
    private static IEnumerable<ServiceName?> Touched(LiveInstance instance, PatchInstance change)
    {
        var now = instance.Members.Where(member => member.State.Assigned.Member).Select(member => member.Service).ToHashSet();
        now.SymmetricExceptWith(change.Services ?? [.. now]);
        return [null, .. now];
    }
}
