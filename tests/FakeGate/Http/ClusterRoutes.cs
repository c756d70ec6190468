using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Http;

/// <summary>Clusters, as far as the cache has seen them.</summary>
internal static class ClusterRoutes
{
    public static void MapClusters(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/applications/{application}/clusters", (HttpContext http, string application) => Seen(desk, http, application, (groups, _) =>
            new JsonObject(groups.GroupBy(group => group.Account).Select(account => KeyValuePair.Create(account.Key, (JsonNode?)Wire.Texts(account.Select(group => group.Cluster).Distinct()))))));
        app.MapGet("/applications/{application}/clusters/{account}", (HttpContext http, string application, string account) => Seen(desk, http, application, (groups, at) =>
        {
            var clusters = groups.Where(group => group.Account == account).GroupBy(group => group.Cluster).Select(cluster => Cluster([.. cluster], false, at)).ToList();
            return clusters.Count > 0 ? Wire.Array(clusters) : throw GateException.NotFound("clouddriver", $"/applications/{application}/clusters/{account}");
        }));
        app.MapGet("/applications/{application}/clusters/{account}/{clusterName}", (HttpContext http, string application, string account, string clusterName) => Seen(desk, http, application, (groups, at) =>
            groups.Where(group => group.Account == account && group.Cluster == clusterName).ToList() is { Count: > 0 } found ? Cluster(found, true, at) : Wire.Object()));
        app.MapGet("/applications/{application}/clusters/{account}/{clusterName}/serverGroups", (HttpContext http, string application, string account, string clusterName) => Seen(desk, http, application, (groups, at) =>
            groups.Where(group => group.Account == account && group.Cluster == clusterName).ToList() is { Count: > 0 } found ? Wire.Array(found.Select(group => WorldJson.Details(group, at))) : null));
        app.MapGet("/applications/{application}/clusters/{account}/{clusterName}/{cloudProvider}/{scope}/serverGroups/target/{target}", (HttpContext http, string application, string account, string clusterName, string cloudProvider, string scope, string target, bool? onlyEnabled, bool? validateOldest) => Seen(desk, http, application, (groups, at) =>
            WorldJson.Details(Target([.. groups.Where(group => group.Account == account && group.Cluster == clusterName && group.CloudProvider == cloudProvider && group.Region == scope)], target, onlyEnabled ?? false), at)));
    }

    public static IResult Seen(Desk desk, HttpContext http, string application, Func<IReadOnlyList<ServerGroup>, DateTimeOffset, JsonNode?> show) => desk.Do(now =>
    {
        desk.Allow(http, application, "READ");
        var (state, at) = desk.Around.World.Seen(now);
        return show([.. state.Groups.Where(group => group.Moniker.App.Equals(application, StringComparison.OrdinalIgnoreCase)).OrderBy(group => group.Created)], at);
    });

    private static JsonObject Cluster(IReadOnlyList<ServerGroup> groups, bool single, DateTimeOffset at) => Wire.Object(
        ("name", groups[0].Cluster),
        ("type", groups[0].CloudProvider),
        (single ? "accountName" : "account", groups[0].Account),
        ("moniker", Look.Of(groups[0].Moniker)),
        ("loadBalancers", Wire.Texts(groups.SelectMany(group => group.LoadBalancers).Distinct())),
        ("serverGroups", single ? Wire.Array(groups.Select(group => WorldJson.Details(group, at))) : Wire.Texts(groups.Select(group => group.Name))));

    private static ServerGroup Target(IReadOnlyList<ServerGroup> cluster, string target, bool onlyEnabled)
    {
        List<ServerGroup> groups = [.. cluster.Where(group => !onlyEnabled || !group.Disabled)];
        if (target.StartsWith("fail", StringComparison.Ordinal) && groups.Count > 1)
            throw new GateException(404, $"More than one target found in cluster; targets: {string.Join(", ", groups.Select(group => group.Name))}");

        return Choice.Target(groups, target) ?? throw GateException.NotFound("clouddriver", $"/serverGroups/target/{target}");
    }
}
