using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>The new group starts empty and grows by shares, and the same share of the old one is disabled.</summary>
internal sealed class RollingRedBlack : Strategy
{
    public override Capacity FirstCapacity(Capacity wanted) => new(0, wanted.Max, 0);

    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment)
    {
        List<Child> children = deployment.Source is null ? [] : [Steps.Pin(deployment, true)];
        var shares = turn.Context.List("targetPercentages").Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        foreach (var share in shares.Append(100).Distinct())
            children.AddRange(Step(turn, deployment, share));

        if (deployment.Source is not null)
            children.Add(Steps.Pin(deployment, false));

        return children;
    }

    public override IReadOnlyList<Child> OnFailure(Turn turn, Deployment deployment) => IsToRollBack(turn) ? [Rollback(deployment)] : [];

    private static IEnumerable<Child> Step(Turn turn, Deployment deployment, double share)
    {
        yield return Steps.Grow(turn, deployment, share);
        if (turn.Context["pipelineBeforeCleanup"] is JsonObject check && check.ContainsKey("pipelineId"))
        {
            yield return new("pipeline", "Run Validation Pipeline", Wire.Object(
                ("pipelineApplication", check["application"].Copy()),
                ("pipelineId", check["pipelineId"].Copy()),
                ("pipelineParameters", check.Inner("pipelineParameters").Copy())));
        }

        if (turn.Context.Number("delayBeforeCleanup") is > 0 and var seconds)
            yield return Steps.Wait(seconds);

        if (deployment.Source is not null)
            yield return Steps.Disable(deployment, share);
    }
}
