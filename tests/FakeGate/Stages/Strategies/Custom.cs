using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>Another pipeline does it all; nothing is made here.</summary>
internal sealed class Custom : Strategy
{
    public override bool Creates => false;

    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment)
    {
        var parameters = Wire.Object(
            ("application", deployment.Moniker.App),
            ("credentials", deployment.Account),
            ("cluster", deployment.Moniker.Cluster),
            ("region", deployment.Region),
            ("stack", deployment.Moniker.Stack),
            ("freeFormDetails", deployment.Moniker.Detail),
            ("imageId", ImageChoice.For(turn, deployment.Region))).Merge(turn.Context.Inner("pipelineParameters"));
        List<Child> children =
        [
            new("pipeline", "pipeline", Wire.Object(
                ("pipelineApplication", turn.Need("strategyApplication")),
                ("application", deployment.Moniker.App),
                ("pipelineId", turn.Need("strategyPipeline")),
                ("pipelineParameters", parameters))),
        ];
        if (turn.Context["sourceServerGroupCapacitySnapshot"] is not null)
            children.Add(new("applySourceServerGroupCapacity", "restoreMinCapacityFromSnapshot", Wire.Object(("credentials", deployment.Account), ("cloudProvider", deployment.Provider))));

        return children;
    }
}
