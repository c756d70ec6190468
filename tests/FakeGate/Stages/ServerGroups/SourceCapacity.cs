using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Remembers the size of a rollback's group, and holds it so that it does not shrink meanwhile.</summary>
internal sealed class CaptureSourceServerGroupCapacity : IStageType
{
    public string Name => "captureSourceServerGroupCapacity";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("snapshotSourceServerGroup", Snapshot)];

    private static Result Snapshot(Turn turn)
    {
        var source = turn.Context.Inner("source");
        return turn.Around.World.State.Find(source.Text("account") ?? "", source.Text("region") ?? "", source.Text("serverGroupName") ?? "") is { } group
            ? new Result.Succeeded(Wire.Object(("sourceServerGroupCapacitySnapshot", Look.Of(group.Capacity))))
            : Result.Done;
    }
}

/// <summary>Gives the group that is in service now the smallest size that the other one had.</summary>
internal sealed class ApplySourceServerGroupCapacity : IStageType
{
    public string Name => "applySourceServerGroupCapacity";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("restoreMinCapacity", Restore), Turn.Step("waitForCapacityMatch"), Turn.Step("forceCacheRefresh")];

    private static Result Restore(Turn turn)
    {
        var world = turn.Around.World;
        var snapshot = turn.Execution.Ancestors(turn.Stage).Select(above => above.Context["sourceServerGroupCapacitySnapshot"]).FirstOrDefault(found => found is not null);
        var target = turn.Context.Inner("target");
        if (snapshot is not System.Text.Json.Nodes.JsonObject before || world.State.Find(target.Text("account") ?? "", target.Text("region") ?? "", target.Text("serverGroupName") ?? "") is not { } group)
            return Result.Done;

        var after = group with { Capacity = group.Capacity with { Min = Math.Min(group.Capacity.Desired, Look.Capacity(before, Capacity.Of(0)).Min) }, Pinned = false };
        world.Change(turn.Now, world.State.Replace(group, after));
        return new Result.Succeeded(Kato.Task(turn, "resizeServerGroup"));
    }
}
