using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>GET /instances</summary>
internal static class ListInstances
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/instances", Handle)
            .Requires(Scope.Read)
            .WithTags("Instances")
            .WithName("listInstances")
            .WithSummary("Instances and what runs on them")
            .WithDescription("In the order of their names. All filters given must be true of an instance. What runs is the agents' last word, seconds old at most where `connected` is true.")
            .Produces<Page<Instance>>();

    private static IResult Handle([AsParameters] InstanceFilter filter, [AsParameters] PageQuery page, LiveFleet fleet)
    {
        if (filter.Check() is { } invalid)
            return invalid.ToResult();

        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        var found = Find(fleet.Instances, filter, slice);
        return Results.Json(slice.ToPage(found, instance => instance.Name.Value, InstanceViews.Of), ContractsJson.Default.PageInstance);
    }

    private static List<LiveInstance> Find(IReadOnlyList<LiveInstance> all, InstanceFilter filter, Slice slice)
    {
        var found = new List<LiveInstance>();
        for (var i = FirstAfter(all, slice.After); i < all.Count && found.Count < slice.Take; i++)
        {
            if (filter.Has(all[i]))
                found.Add(all[i]);
        }

        return found;
    }

    private static int FirstAfter(IReadOnlyList<LiveInstance> all, string? after)
    {
        if (!InstanceName.TryParse(after, out var name))
            return 0;

        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Name.CompareTo(name) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
