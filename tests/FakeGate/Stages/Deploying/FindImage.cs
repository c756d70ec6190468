using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>The images that a cluster runs.</summary>
internal sealed class FindImage : IStageType
{
    public string Name => "findImage";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("findImage", Find)];

    private static Result Find(Turn turn)
    {
        JsonArray found = [];
        foreach (var region in Look.Regions(turn))
        {
            var groups = turn.Around.World.State.Cluster(Look.Account(turn), region, Look.Cluster(turn)).Where(group => turn.Context.Truth("onlyEnabled") != true || !group.Disabled);
            var chosen = (turn.Text("selectionStrategy") ?? "NEWEST") switch
            {
                "OLDEST" => Choice.Target(groups, "oldest"),
                "LARGEST" => Choice.Target(groups, "largest"),
                "FAIL" => Choice.Target(groups, "fail"),
                _ => Choice.Target(groups, "newest"),
            };
            if (chosen is null)
                return Result.Fail("IllegalStateException", $"Could not find cluster '{Look.Cluster(turn)}' for '{Look.Account(turn)}' in '{region}'.");

            found.Add((JsonNode)Detail(turn, chosen.Image).Merge(Wire.Object(("sourceServerGroup", chosen.Name))));
        }

        return new Result.Succeeded(Wire.Object(("amiDetails", found)), Wire.Object(("deploymentDetails", found.DeepClone())));
    }

    public static JsonObject Detail(Turn turn, Image image) => Wire.Object(
        ("ami", image.Id),
        ("imageId", image.Id),
        ("imageName", image.Name),
        ("cloudProvider", turn.Text("cloudProvider") ?? "aws"),
        ("refId", turn.Stage.RefId),
        ("region", image.Region));
}
