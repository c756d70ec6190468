using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages;

/// <summary>A parent with one child for each region; the child has the image, the parent lists them all.</summary>
internal sealed class Bake : IStageType
{
    private static readonly string[] Described = ["amiSuffix", "baseOs", "baseLabel", "vmType", "storeType", "package", "cloudProviderType"];

    public string Name => "bake";

    public IReadOnlyList<Child> Parts(Turn turn)
    {
        if (turn.Stage.ParentId is not null)
            return [];

        turn.Need("package");
        return [.. Regions(turn).Select(region => new Child("bake", $"Bake in {region}", Part(turn, region)))];
    }

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => turn.Stage.ParentId is null
        ? [new("completeParallel", Complete)]
        : [new("createBake", Create), new("monitorBake", Monitor), new("completedBake", Completed), Turn.Step("bindProducedArtifacts")];

    /// <summary>Regions of later deploys join in, so that the image is where it will be needed.</summary>
    private static List<string> Regions(Turn turn)
    {
        var asked = turn.Context.List("regions");
        if (asked.Count == 0 && turn.Text("region") is { } region)
            asked = [region];

        if (turn.Context.Truth("skipRegionDetection") == true)
            return [.. asked];

        var deployed = turn.Execution.Tops.Where(stage => stage.Type == "deploy").SelectMany(stage => stage.Context.Objects("clusters")).SelectMany(cluster => cluster.Inner("availabilityZones").Select(zone => zone.Key));
        return [.. asked.Concat(deployed).Where(name => name is not "global").Distinct()];
    }

    private static JsonObject Part(Turn turn, string region)
    {
        var context = turn.Context.Copy();
        context.Remove("regions");
        context["region"] = region;
        context["cloudProvider"] = turn.Text("cloudProviderType") ?? turn.Text("cloudProvider") ?? "aws";
        context["type"] = "bake";
        return context;
    }

    private static Result Create(Turn turn)
    {
        var reused = Rebake(turn) ? null : Baked(turn);
        return new Result.Succeeded(Wire.Object(
            ("previouslyBaked", reused is not null),
            ("status", StatusOf(turn, reused is null ? "PENDING" : "COMPLETED", reused is null ? null : "SUCCESS"))));
    }

    private static Result Monitor(Turn turn)
    {
        if (turn.Context.Truth("previouslyBaked") == true)
            return Result.Done;

        if (turn.Elapsed < turn.Pace.Bake)
            return new Result.Again(turn.Pace.BakePoll, Wire.Object(("status", StatusOf(turn, "RUNNING", null))));

        if (turn.Elapsed > TimeSpan.FromHours(1))
            return Result.Fail("TimeoutException", "monitorBake timed out after 1 hour");

        if (turn.Around.Faults.BakeFailure(turn.Text("package") ?? "") is { } message)
            return new Result.Failed(new("BakeFailure", [message]), Wire.Object(("status", StatusOf(turn, "COMPLETED", "FAILURE"))));

        turn.Around.World.Bake(turn.Text("package")!, turn.Text("region")!, turn.Text("baseOs") ?? "bionic", turn.Now, null);
        return new Result.Succeeded(Wire.Object(("status", StatusOf(turn, "COMPLETED", "SUCCESS"))));
    }

    private static Result Completed(Turn turn)
    {
        var image = Baked(turn)!;
        return new Result.Succeeded(Wire.Object(
            ("ami", image.Id),
            ("imageId", image.Id),
            ("imageName", image.Name),
            ("amiName", image.Name),
            ("baseAmiId", turn.Text("baseAmi") is { Length: > 0 } given ? given : $"ami-base-{image.BaseOs}"),
            ("artifacts", new JsonArray(Wire.Object(("type", "aws/image"), ("name", image.Name), ("location", image.Region), ("reference", image.Id), ("metadata", Wire.Object()))))));
    }

    private static Result Complete(Turn turn) => new Result.Succeeded(Outputs: Wire.Object(
        ("deploymentDetails", Wire.Array(turn.Execution.Children(turn.Stage).Select(child => child.Context.Only(["ami", "imageId", "imageName", "amiName", "region", "cloudProvider", "baseAmiId", .. Described]).Merge(Wire.Object(("refId", turn.Stage.RefId))))))));

    private static bool Rebake(Turn turn) => turn.Context.Truth("rebake") == true || turn.Execution.Trigger.Truth("rebake") == true;

    private static Image? Baked(Turn turn) => turn.Around.World.State.Images.FindLast(image =>
        image.Package == turn.Text("package") && image.Region == turn.Text("region") && image.BaseOs == (turn.Text("baseOs") ?? "bionic"));

    private static JsonObject StatusOf(Turn turn, string state, string? result) => Wire.Object(
        ("id", $"b-{turn.Stage.Id[^10..].ToLowerInvariant()}"),
        ("state", state),
        ("result", result),
        ("resourceId", state == "PENDING" ? null : $"r-{turn.Stage.Id[^10..].ToLowerInvariant()}")).WithoutNulls();
}
