using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.RollingBack;

/// <summary>
/// From the newest enabled group of each region to the one before it. A region where there is nothing to go back to is left out
/// without a word, and the stage still succeeds.
/// </summary>
internal sealed class RollbackCluster : IStageType
{
    public string Name => "rollbackCluster";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("determineRollbackCandidates", Determine)];

    public IReadOnlyList<Child> After(Turn turn)
    {
        List<Child> children = [];
        foreach (var (region, type) in turn.Stage.Outputs.Inner("rollbackTypes"))
        {
            if (children.Count > 0 && turn.Context.Number("waitTimeBetweenRegions") is > 0 and var seconds)
                children.Add(new("wait", "wait", Wire.Object(("waitTime", seconds))));

            children.Add(new("rollbackServerGroup", $"Rollback {region}", Wire.Object(
                ("rollbackType", type.Copy()),
                ("rollbackContext", turn.Stage.Outputs.Inner("rollbackContexts")[region].Copy()),
                ("type", "rollbackServerGroup"),
                ("region", region),
                ("credentials", Look.Account(turn)),
                ("cloudProvider", turn.Text("cloudProvider") ?? "aws"))));
        }

        return children;
    }

    private static Result Determine(Turn turn)
    {
        JsonObject types = [], contexts = [];
        JsonArray images = [];
        foreach (var region in Look.Regions(turn))
        {
            var cluster = turn.Around.World.State.Cluster(Look.Account(turn), region, Look.Cluster(turn)).ToList();
            if (cluster.FindLast(group => !group.Disabled) is not { } newest || Candidate(turn, cluster, newest) is not { } earlier)
                continue;

            types[region] = "EXPLICIT";
            contexts[region] = Context(turn, newest, earlier);
            images.Add((JsonNode)Wire.Object(("region", region), ("image", earlier.Image.Name), ("buildNumber", null), ("rollbackMethod", "EXPLICIT")).WithoutNulls());
        }

        return new Result.Succeeded(Wire.Object(("imagesToRestore", images)), Wire.Object(("rollbackTypes", types), ("rollbackContexts", contexts)));
    }

    private static ServerGroup? Candidate(Turn turn, List<ServerGroup> cluster, ServerGroup newest)
    {
        var onlyEnabled = turn.Context.Inner("additionalRollbackContext").Truth("onlyEnabledServerGroups") == true;
        var earlier = cluster.Where(group => group.Created < newest.Created && (!onlyEnabled || !group.Disabled)).ToList();
        return earlier.Find(group => group.Name == turn.Text("originalServerGroup")) ?? earlier.LastOrDefault();
    }

    private static JsonObject Context(Turn turn, ServerGroup newest, ServerGroup earlier) => Wire.Object(
        ("rollbackServerGroupName", newest.Name),
        ("restoreServerGroupName", earlier.Name),
        ("targetHealthyRollbackPercentage", turn.Context.Number("targetHealthyRollbackPercentage") ?? 100),
        ("delayBeforeDisableSeconds", 0)).Merge(turn.Context.Inner("additionalRollbackContext").Only("enableAndDisableOnly", "disableOnly"));
}
