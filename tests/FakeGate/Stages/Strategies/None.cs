using Slipway.FakeGate.Stages.Deploying;

namespace Slipway.FakeGate.Stages.Strategies;

internal sealed class None : Strategy
{
    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment) => [];
}
