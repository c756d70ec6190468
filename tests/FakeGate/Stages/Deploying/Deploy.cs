using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>Only a parent: each of its clusters, in each of their regions, becomes a server group.</summary>
internal sealed class Deploy : IStageType
{
    public string Name => "deploy";

    public IReadOnlyList<Child> Parts(Turn turn) => [.. Clusters(turn).SelectMany(Parts)];

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [Turn.Step("completeParallelDeploy")];

    public static IEnumerable<Child> Parts(JsonObject cluster)
    {
        foreach (var (region, zones) in cluster.Inner("availabilityZones"))
        {
            var context = cluster.Copy();
            context["availabilityZones"] = Wire.Object((region, zones.Copy()));
            context["cloudProvider"] ??= cluster.Text("provider") ?? "aws";
            context["type"] = "createServerGroup";
            yield return new("createServerGroup", $"Deploy in {region}", context);
        }
    }

    private static IEnumerable<JsonObject> Clusters(Turn turn) =>
        turn.Context.Objects("clusters").Concat(turn.Context["cluster"] is JsonObject one && one.ContainsKey("availabilityZones") ? [one] : []);
}
