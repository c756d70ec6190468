using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

internal sealed class DestroyServerGroup() : ServerGroupStage("destroyServerGroup")
{
    protected override ServerGroup? Changed(Turn turn, ServerGroup group) => null;
}
