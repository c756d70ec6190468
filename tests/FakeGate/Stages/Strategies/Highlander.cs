using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>There can be only one: all others are deleted, active ones too.</summary>
internal sealed class Highlander : Strategy
{
    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment) =>
        [new("shrinkCluster", "shrinkCluster", ClusterContext.Of(deployment).Merge(Wire.Object(("shrinkToSize", 1), ("allowDeleteActive", true), ("retainLargerOverNewer", false))))];
}
