using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.ServerGroups;

namespace Slipway.FakeGate.Stages.Canary;

/// <summary>Makes the pairs: the control of the baseline's image, the experiment of what was baked before.</summary>
internal sealed class DeployCanaryServerGroups : IStageType
{
    public string Name => "deployCanaryServerGroups";

    public IReadOnlyList<Child> Parts(Turn turn)
    {
        var deployments = turn.Context.Inner("deployments");
        List<Child> children = [];
        foreach (var pair in deployments.Objects("serverGroupPairs"))
        {
            foreach (var part in Deploy.Parts(pair.Inner("control")))
                children.Add(part with { Context = part.Context.Merge(BaselineImage(turn, deployments.Inner("baseline"), part.Context)) });

            children.AddRange(Deploy.Parts(pair.Inner("experiment")));
        }

        return children;
    }

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [Turn.Step("completeDeployCanary")];

    private static JsonObject BaselineImage(Turn turn, JsonObject baseline, JsonObject part)
    {
        var region = part.Inner("availabilityZones").First().Key;
        var running = turn.Around.World.State.Cluster(baseline.Text("account") ?? "", region, baseline.Text("cluster") ?? "");
        var newest = Choice.Target(running.Where(group => !group.Disabled), "newest")
            ?? throw new PlanningException("IllegalStateException", $"Could not find image for the baseline cluster {baseline.Text("cluster")} in {region}");
        return Wire.Object(("imageId", newest.Image.Id));
    }
}

/// <summary>Disables the pairs, waits, and destroys them.</summary>
internal sealed class CleanupCanaryClusters : IStageType
{
    public string Name => "cleanupCanaryClusters";

    public IReadOnlyList<Child> Before(Turn turn)
    {
        var deployments = turn.Context.Inner("deployments");
        var clusters = deployments.Objects("serverGroupPairs").SelectMany(pair => Clusters(pair.Inner("control")).Concat(Clusters(pair.Inner("experiment")))).ToList();
        List<Child> children = [.. clusters.Select(cluster => new Child("disableCluster", $"Disable cluster {cluster.Text("cluster")}", cluster.Copy().Merge(Wire.Object(("remainingEnabledServerGroups", 0)))))];
        if (deployments.Text("delayBeforeCleanup") is { } delay)
            children.Add(new("wait", "Wait before cleanup", Wire.Object(("waitTime", KayentaCanary.Duration(delay).TotalSeconds))));

        children.AddRange(clusters.Select(cluster => new Child("shrinkCluster", $"Cleanup cluster {cluster.Text("cluster")}", cluster.Copy().Merge(Wire.Object(("shrinkToSize", 0), ("allowDeleteActive", true))))));
        return children;
    }

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [];

    private static IEnumerable<JsonObject> Clusters(JsonObject side) => side.Inner("availabilityZones").Select(zone => Wire.Object(
        ("cluster", new World.Moniker(side.Text("application") ?? "", side.Text("stack"), side.Text("freeFormDetails"), 0).Cluster),
        ("credentials", side["account"].Copy()),
        ("cloudProvider", side.Text("cloudProvider") ?? "aws"),
        ("region", zone.Key)));
}
