using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Leaves the newest so many groups at their size and takes the others to nothing; active ones only where that is allowed.</summary>
internal sealed class ScaleDownCluster() : ClusterStage("scaleDownCluster", "ScaleDownCluster")
{
    protected override IEnumerable<ServerGroup> Chosen(Turn turn, IReadOnlyList<ServerGroup> cluster) => cluster
        .SkipLast((int)(turn.Context.Number("remainingFullSizeServerGroups") ?? 1))
        .Where(group => group.Disabled || turn.Context.Truth("allowScaleDownActive") == true);

    protected override ServerGroup? Changed(Turn turn, ServerGroup group) => turn.Around.World.Sized(group, Capacity.Of(0), turn.Now);
}
