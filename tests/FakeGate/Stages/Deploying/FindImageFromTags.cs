using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>The newest image of a package that has the tags, in each region.</summary>
internal sealed class FindImageFromTags : IStageType
{
    public string Name => "findImageFromTags";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("findImage", Find)];

    private static Result Find(Turn turn)
    {
        JsonArray found = [];
        foreach (var region in turn.Context.List("regions"))
        {
            if (turn.Around.World.State.Images.FindLast(image => image.Region == region && Fits(turn, image)) is not { } newest)
                return Result.Fail("IllegalStateException", $"Could not find tagged image for package: {turn.Text("packageName")} and tags: {turn.Context.Inner("tags").ToJsonString()}");

            found.Add((JsonNode)FindImage.Detail(turn, newest));
        }

        return new Result.Succeeded(Wire.Object(("amiDetails", found)), Wire.Object(("deploymentDetails", found.DeepClone())));
    }

    private static bool Fits(Turn turn, Image image) =>
        image.Package.StartsWith(turn.Text("packageName") ?? "", StringComparison.Ordinal)
        && turn.Context.Inner("tags").All(tag => image.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value?.ToString());
}
