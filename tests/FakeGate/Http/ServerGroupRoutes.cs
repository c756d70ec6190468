using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Server groups and instances, as far as the cache has seen them.</summary>
internal static class ServerGroupRoutes
{
    public static void MapServerGroups(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/applications/{applicationName}/serverGroups", (HttpContext http, string applicationName, bool? expand, string? cloudProvider, string? clusters) => ClusterRoutes.Seen(desk, http, applicationName, (groups, at) =>
        {
            var wanted = clusters?.Split(',');
            return Wire.Array(groups
                .Where(group => string.IsNullOrEmpty(cloudProvider) || group.CloudProvider == cloudProvider)
                .Where(group => wanted is null || wanted.Contains($"{group.Account}:{group.Cluster}"))
                .Select(group => WorldJson.Summary(group, at)));
        }));
        app.MapGet("/applications/{applicationName}/serverGroups/{account}/{region}/{serverGroupName}", (HttpContext http, string applicationName, string account, string region, string serverGroupName, bool? includeDetails) => ClusterRoutes.Seen(desk, http, applicationName, (groups, at) =>
            groups.FirstOrDefault(group => group.Account == account && group.Region == region && group.Name == serverGroupName) is { } found
                ? WorldJson.Details(found, at)
                : throw GateException.NotFound("clouddriver", $"/applications/{applicationName}/serverGroups/{account}/{region}/{serverGroupName}")));
        app.MapGet("/instances/{account}/{region}/{instanceId}", (string account, string region, string instanceId) => desk.Do(now =>
        {
            var (state, at) = desk.Around.World.Seen(now);
            foreach (var group in state.Groups.Where(group => group.Account == account && group.Region == region))
            {
                if (group.Instances.FirstOrDefault(instance => instance.Id == instanceId) is { } found)
                    return WorldJson.Details(group, found, at);
            }

            throw GateException.NotFound("clouddriver", $"/instances/{account}/{region}/{instanceId}");
        }));
    }
}
