using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>A stage that changes single server groups.</summary>
internal abstract class ServerGroupStage(string name, bool waitsForUp = false) : IStageType
{
    public string Name => name;

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) =>
    [
        Turn.Step("determineHealthProviders"),
        new(name, Change),
        Turn.Step("monitorServerGroup"),
        Turn.Step("forceCacheRefresh"),
        .. waitsForUp ? [new TaskSpec("waitForUpInstances", WaitForUp)] : Array.Empty<TaskSpec>(),
    ];

    /// <summary>Null: the group goes.</summary>
    protected abstract ServerGroup? Changed(Turn turn, ServerGroup group);

    private Result Change(Turn turn)
    {
        var world = turn.Around.World;
        foreach (var (region, asked, found) in Choice.Of(turn))
        {
            if (found is null)
                return Kato.Failed(turn, Name, $"Server group '{asked}' not found in {region}");

            world.Change(turn.Now, Changed(turn, found) is { } changed ? world.State.Replace(found, changed) : world.State with { Groups = world.State.Groups.Remove(found) });
        }

        var named = Choice.Of(turn).GroupBy(choice => choice.Region).Select(region => (region.Key, (System.Text.Json.Nodes.JsonNode?)Wire.Texts(region.Select(choice => choice.Name))));
        return new Result.Succeeded(Kato.Task(turn, Name).Merge(Wire.Object(("deploy.server.groups", Wire.Object([.. named])), ("deploy.account.name", Look.Account(turn)))));
    }

    private static Result WaitForUp(Turn turn)
    {
        foreach (var (region, name, _) in Choice.Of(turn))
        {
            if (UpInstances.Wait(turn, Look.Account(turn), region, name) is var result and not Result.Succeeded)
                return result;
        }

        return Result.Done;
    }
}
