using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.ServerGroups;

namespace Slipway.FakeGate.Stages.Strategies;

internal static class ClusterContext
{
    /// <summary>How children of a deploy name the cluster they change.</summary>
    public static JsonObject Of(Deployment deployment) => Wire.Object(
        ("cluster", deployment.Moniker.Cluster),
        ("credentials", deployment.Account),
        ("cloudProvider", deployment.Provider),
        ("moniker", Look.Of(deployment.Moniker)),
        ("region", deployment.Region));
}
