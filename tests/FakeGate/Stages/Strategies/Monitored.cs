using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>Like the rolling one, with a deployment monitor asked after each step.</summary>
internal sealed class Monitored : Strategy
{
    public override Capacity FirstCapacity(Capacity wanted) => new(0, wanted.Max, 0);

    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment)
    {
        List<Child> children = [];
        var steps = turn.Context.Objects("deploySteps").Select(step => step.Number("percentage") ?? 100)
            .Concat(turn.Context["deploySteps"] is System.Text.Json.Nodes.JsonArray list ? list.OfType<System.Text.Json.Nodes.JsonValue>().Select(value => value.GetValue<double>()) : []);
        foreach (var share in steps.Append(100).Distinct())
        {
            children.Add(Steps.Grow(turn, deployment, share));
            if (deployment.Source is not null)
                children.Add(Steps.Disable(deployment, share));

            children.Add(new("evaluateDeploymentHealth", "Evaluate health of deployed instances", Wire.Object(
                ("deploymentMonitor", turn.Context.Inner("deploymentMonitor").Copy()),
                ("currentProgress", share))));
        }

        return children;
    }

    public override IReadOnlyList<Child> OnFailure(Turn turn, Deployment deployment)
    {
        var actions = turn.Context.Inner("failureActions");
        List<Child> children = actions.Text("rollback") == "Automatic" ? [Rollback(deployment)] : [];
        if (actions.Truth("destroyInstances") == true)
            children.Add(new("destroyServerGroup", "Destroy new instances", ClusterContext.Of(deployment).Merge(Wire.Object(("serverGroupName", deployment.Created)))));

        return children;
    }
}
