using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;

namespace Slipway.FakeGate.Stages.RollingBack;

/// <summary>Enables the earlier group at the size of the newer one and disables that; or makes a new group of an earlier image.</summary>
internal sealed class RollbackServerGroup : IStageType
{
    public string Name => "rollbackServerGroup";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [];

    public IReadOnlyList<Child> After(Turn turn) => turn.Text("rollbackType") switch
    {
        "EXPLICIT" => Explicit(turn, turn.Context.Inner("rollbackContext")),
        "PREVIOUS_IMAGE" => PreviousImage(turn, turn.Context.Inner("rollbackContext")),
        var other => throw new PlanningException("IllegalArgumentException", $"Unsupported rollback type (type: {other})"),
    };

    private static IReadOnlyList<Child> Explicit(Turn turn, JsonObject rollback)
    {
        var (leave, restore) = (Need(rollback, "rollbackServerGroupName"), Need(rollback, "restoreServerGroupName"));
        var disable = new Child("disableServerGroup", "disable", On(turn, leave));
        if (rollback.Truth("disableOnly") == true)
            return [disable];

        var enable = new Child("enableServerGroup", "enable", On(turn, restore).Merge(rollback.Only("targetHealthyRollbackPercentage")));
        if (rollback.Truth("enableAndDisableOnly") == true)
            return [enable, disable];

        return
        [
            new("captureSourceServerGroupCapacity", "Capture source server group capacity", Wire.Object(("source", Place(turn, leave)))),
            enable,
            new("resizeServerGroup", "resize", On(turn, restore).Merge(Wire.Object(("action", "scale_to_server_group"), ("source", Place(turn, leave)), ("pinMinimumCapacity", true)))),
            .. rollback.Number("delayBeforeDisableSeconds") is > 0 and var seconds ? [new Child("wait", "wait", Wire.Object(("waitTime", seconds)))] : Array.Empty<Child>(),
            disable,
            new("applySourceServerGroupCapacity", "Restore min capacity", Wire.Object(("target", Place(turn, restore)))),
        ];
    }

    private static IReadOnlyList<Child> PreviousImage(Turn turn, JsonObject rollback)
    {
        var leave = Need(rollback, "rollbackServerGroupName");
        return
        [
            new("cloneServerGroup", "clone", Wire.Object(
                ("source", Place(turn, leave)),
                ("imageId", rollback["imageId"].Copy() ?? rollback["imageName"].Copy()),
                ("strategy", "redblack"),
                ("useSourceCapacity", true),
                ("account", Look.Account(turn)),
                ("region", turn.Text("region")),
                ("cloudProvider", turn.Text("cloudProvider") ?? "aws")).Merge(rollback.Only("targetHealthyRollbackPercentage"))),
        ];
    }

    private static JsonObject On(Turn turn, string name) => Wire.Object(
        ("serverGroupName", name),
        ("credentials", Look.Account(turn)),
        ("region", turn.Text("region")),
        ("cloudProvider", turn.Text("cloudProvider") ?? "aws"));

    private static JsonObject Place(Turn turn, string name) => Wire.Object(
        ("account", Look.Account(turn)),
        ("region", turn.Text("region")),
        ("serverGroupName", name));

    private static string Need(JsonObject rollback, string key) => rollback.Text(key) ?? throw new PlanningException("IllegalArgumentException", $"Missing {key} in rollbackContext");
}
