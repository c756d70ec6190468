using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>All of it, or a share of its instances.</summary>
internal sealed class DisableServerGroup() : ServerGroupStage("disableServerGroup")
{
    protected override ServerGroup Changed(Turn turn, ServerGroup group) => group with { DisabledPercent = (int)(turn.Context.Number("desiredPercentage") ?? 100) };
}
