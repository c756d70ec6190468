using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Destroys the oldest groups; active ones only where that is allowed, and then they are disabled before.</summary>
internal sealed class ShrinkCluster() : ClusterStage("shrinkCluster", "ShrinkCluster")
{
    public override IReadOnlyList<Child> Before(Turn turn) => turn.Context.Truth("allowDeleteActive") == true
        ? [new("disableCluster", "disableCluster", turn.Context.Copy().Merge(Wire.Object(("remainingEnabledServerGroups", Size(turn)))))]
        : [];

    protected override IEnumerable<ServerGroup> Chosen(Turn turn, IReadOnlyList<ServerGroup> cluster)
    {
        // Enabled ones are kept before disabled ones, and newer before older.
        var kept = cluster.OrderByDescending(group => !group.Disabled).ThenByDescending(group => group.Created).Take(Size(turn)).ToList();
        return cluster.Except(kept).Where(group => group.Disabled || turn.Context.Truth("allowDeleteActive") == true);
    }

    protected override ServerGroup? Changed(Turn turn, ServerGroup group) => null;

    private static int Size(Turn turn) => (int)(turn.Context.Number("shrinkToSize") ?? 1);
}
