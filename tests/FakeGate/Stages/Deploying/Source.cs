using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>The server group that the new one follows: the newest of the cluster.</summary>
internal static class Source
{
    public static Result Determine(Turn turn)
    {
        var deployment = Deployment.Of(turn);
        return Newest(turn, deployment) is not { } newest
            ? Result.Done
            : new Result.Succeeded(Wire.Object(("source", Wire.Object(
                ("account", newest.Account),
                ("region", newest.Region),
                ("asgName", newest.Name),
                ("serverGroupName", newest.Name),
                ("useSourceCapacity", turn.Context.Truth("useSourceCapacity") ?? false)))));
    }

    public static Result Snapshot(Turn turn) => Newest(turn, Deployment.Of(turn)) is { } newest
        ? new Result.Succeeded(Wire.Object(("sourceServerGroupCapacitySnapshot", Look.Of(newest.Capacity))))
        : Result.Done;

    private static ServerGroup? Newest(Turn turn, Deployment deployment) =>
        turn.Around.World.State.Cluster(deployment.Account, deployment.Region, deployment.Moniker.Cluster).LastOrDefault();
}
