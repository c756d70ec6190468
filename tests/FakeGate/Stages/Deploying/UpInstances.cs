using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>Waits until enough of a group's instances are Up.</summary>
internal static class UpInstances
{
    public static Result Wait(Turn turn)
    {
        var deployment = Deployment.Of(turn);
        return Wait(turn, deployment.Account, deployment.Region, deployment.Created ?? "");
    }

    public static Result Wait(Turn turn, string account, string region, string name)
    {
        if (turn.Around.World.State.Find(account, region, name) is not { } group)
            return Late(turn, new Result.Again(turn.Pace.Poll));

        var share = turn.Context.Number("targetHealthyDeployPercentage") ?? turn.Context.Number("targetHealthyRollbackPercentage") ?? 100;
        var wanted = (int)Math.Ceiling(group.Capacity.Desired * share / 100);
        var context = Wire.Object(("targetDesiredSize", wanted), ("lastCapacityCheck", Check(group, turn.Now)));
        return group.Count(Health.Up, turn.Now) >= wanted ? new Result.Succeeded(context) : Late(turn, new Result.Again(turn.Pace.Poll, context));
    }

    private static JsonObject Check(ServerGroup group, DateTimeOffset now) => Wire.Object(
        ("up", group.Count(Health.Up, now)),
        ("down", group.Count(Health.Down, now)),
        ("outOfService", group.Count(Health.OutOfService, now)),
        ("starting", group.Count(Health.Starting, now)),
        ("succeeded", 0),
        ("failed", 0),
        ("unknown", group.Count(Health.Unknown, now)));

    private static Result Late(Turn turn, Result.Again again)
    {
        var waited = turn.Since(turn.Stage.Tasks.Find(task => task.Status == Status.Running)?.StartTime);
        return waited < turn.Pace.UpTimeout
            ? again
            : new Result.Failed(new("TimeoutException", [$"waitForUpInstances of stage {turn.Stage.Name} timed out after {turn.Pace.UpTimeout.TotalMinutes:0} minutes"]), again.Context);
    }
}
