using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Applications, and what is in them.</summary>
internal static class ApplicationRoutes
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    public static void MapApplications(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/applications", (string? account, string? owner) => desk.Do(now => Wire.Array(desk.Around.Configs.ListedApplications(now, desk.Around.Real(Refresh))
            .Where(application => account is null || application.Text("accounts")?.Split(',').Contains(account) == true)
            .Where(application => owner is null || application.Text("email") == owner)
            .Select(application => application.Copy()))));
        app.MapGet("/applications/{application}", (HttpContext http, string application, bool? expand) => ClusterRoutes.Seen(desk, http, application, (groups, _) =>
        {
            var attributes = desk.Around.Configs.Application(application)?.Copy() ?? throw GateException.NotFound("front50", $"/v2/applications/{application}");
            var clusters = groups.GroupBy(group => group.Account).Select(byAccount => KeyValuePair.Create(byAccount.Key, (JsonNode?)Wire.Array(byAccount.GroupBy(group => group.Cluster).Select(cluster => Wire.Object(
                ("name", cluster.Key),
                ("provider", cluster.First().CloudProvider),
                ("loadBalancers", Wire.Texts(cluster.SelectMany(group => group.LoadBalancers).Distinct())),
                ("serverGroups", Wire.Texts(cluster.Select(group => group.Name))))))));
            return Wire.Object(
                ("name", attributes.Text("name")),
                ("attributes", attributes),
                ("clusters", expand == false ? [] : new JsonObject(clusters)));
        }));
    }
}
