using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Leaves the newest so many groups enabled.</summary>
internal sealed class DisableCluster() : ClusterStage("disableCluster", "DisableCluster")
{
    protected override IEnumerable<ServerGroup> Chosen(Turn turn, IReadOnlyList<ServerGroup> cluster) =>
        cluster.Where(group => !group.Disabled).SkipLast((int)(turn.Context.Number("remainingEnabledServerGroups") ?? 1));

    protected override ServerGroup? Changed(Turn turn, ServerGroup group) => group with { DisabledPercent = 100 };
}
