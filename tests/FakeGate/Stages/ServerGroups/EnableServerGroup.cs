using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

internal sealed class EnableServerGroup() : ServerGroupStage("enableServerGroup", waitsForUp: true)
{
    protected override ServerGroup Changed(Turn turn, ServerGroup group) => group with { DisabledPercent = 0 };
}
