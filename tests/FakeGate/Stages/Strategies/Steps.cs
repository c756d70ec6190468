using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>The children of which the strategies that go in steps are made.</summary>
internal static class Steps
{
    public static Child Grow(Turn turn, Deployment deployment, double percent)
    {
        var wanted = Look.Capacity(turn.Context.Inner("targetCapacity"), Look.Capacity(turn.Context.Inner("capacity"), Capacity.Of(1)));
        var size = (int)Math.Ceiling(wanted.Desired * percent / 100);
        var capacity = percent >= 100 ? wanted : new(size, Math.Max(size, wanted.Max), size);
        return new("resizeServerGroup", Title("Grow to", percent), On(deployment, deployment.Created!).Merge(Wire.Object(
            ("action", "scale_exact"),
            ("capacity", Look.Of(capacity)))).Merge(turn.Context.Only("targetHealthyDeployPercentage")));
    }

    public static Child Disable(Deployment deployment, double percent) =>
        new("disableServerGroup", Title("Disable", percent), On(deployment, deployment.Source!).Merge(Wire.Object(("desiredPercentage", percent))));

    public static Child Pin(Deployment deployment, bool pinned) =>
        new("resizeServerGroup", $"{(pinned ? "Pin" : "Unpin")} {deployment.Source}", On(deployment, deployment.Source!).Merge(Wire.Object(("action", "scale_exact"), ("pinCapacity", pinned), ("targetHealthyDeployPercentage", 0))));

    public static Child Wait(double seconds) => new("wait", "wait", Wire.Object(("waitTime", seconds)));

    private static JsonObject On(Deployment deployment, string name) => ClusterContext.Of(deployment).Merge(Wire.Object(("serverGroupName", name)));

    private static string Title(string verb, double percent) => string.Create(CultureInfo.InvariantCulture, $"{verb} {percent}% of Desired Size");
}
