using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>The others are disabled after a delay, and may be scaled down after another. Without one to follow there is nothing to do.</summary>
internal sealed class RedBlack : Strategy
{
    public override IReadOnlyList<Child> After(Turn turn, Deployment deployment)
    {
        if (deployment.Source is null)
            return [];

        List<Child> children = [];
        if (turn.Context.Number("maxRemainingAsgs") is > 0 and var keep)
            children.Add(Child("shrinkCluster", deployment, ("shrinkToSize", keep), ("allowDeleteActive", false), ("retainLargerOverNewer", false)));

        AddWait(children, turn.Context.Number("delayBeforeCleanup") ?? turn.Context.Number("delayBeforeDisableSec"));
        children.Add(Child("disableCluster", deployment, ("remainingEnabledServerGroups", 1), ("preferLargerOverNewer", false)));
        if (turn.Context.Truth("scaleDown") == true)
        {
            AddWait(children, turn.Context.Number("delayBeforeScaleDownSec"));
            children.Add(Child("scaleDownCluster", deployment, ("allowScaleDownActive", false), ("remainingFullSizeServerGroups", 1), ("preferLargerOverNewer", false)) with { Name = "scaleDown" });
        }

        return children;
    }

    /// <summary>Only when the launch itself failed, not when a stage after it did.</summary>
    public override IReadOnlyList<Child> OnFailure(Turn turn, Deployment deployment) =>
        IsToRollBack(turn) && turn.Stage.Tasks.Exists(task => task.Status is Status.Terminal or Status.Stopped or Status.FailedContinue) ? [Rollback(deployment)] : [];

    private static void AddWait(List<Child> children, double? seconds)
    {
        if (seconds is > 0 and var wait)
            children.Add(new("wait", "wait", Wire.Object(("waitTime", wait))));
    }

    private static Child Child(string type, Deployment deployment, params ReadOnlySpan<(string Key, JsonNode? Value)> more) =>
        new(type, type, ClusterContext.Of(deployment).Merge(Wire.Object(more)));
}
