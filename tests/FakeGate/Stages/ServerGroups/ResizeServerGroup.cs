using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>To a size, by a size, to a share, or to the size of another group.</summary>
internal sealed class ResizeServerGroup() : ServerGroupStage("resizeServerGroup", waitsForUp: true)
{
    protected override ServerGroup Changed(Turn turn, ServerGroup group) =>
        turn.Around.World.Sized(group, Size(turn, group), turn.Now) with { Pinned = turn.Context.Truth("pinCapacity") ?? group.Pinned };

    private static Capacity Size(Turn turn, ServerGroup group) => turn.Text("action") switch
    {
        "scale_up" => By(group.Capacity, Step(turn, group)),
        "scale_down" => By(group.Capacity, -Step(turn, group)),
        "scale_to_cluster" => Largest(turn.Around.World.State.Cluster(group.Account, group.Region, group.Cluster), group),
        "scale_to_server_group" => turn.Around.World.State.Find(group.Account, group.Region, turn.Context.Inner("source").Text("serverGroupName") ?? "")?.Capacity ?? group.Capacity,
        _ => Look.Capacity(turn.Context.Inner("capacity"), group.Capacity),
    };

    private static int Step(Turn turn, ServerGroup group) => turn.Context.Number("scalePct") is { } share
        ? (int)Math.Ceiling(group.Capacity.Desired * share / 100)
        : (int)(turn.Context.Number("scaleNum") ?? 0);

    private static Capacity By(Capacity before, int step) =>
        new(Math.Max(0, before.Min + step), Math.Max(0, before.Max + step), Math.Max(0, before.Desired + step));

    private static Capacity Largest(IEnumerable<ServerGroup> cluster, ServerGroup group) =>
        cluster.Select(other => other.Capacity).MaxBy(capacity => capacity.Desired) ?? group.Capacity;
}
