using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>A stage that changes all groups of a cluster but some.</summary>
internal abstract class ClusterStage(string name, string title) : IStageType
{
    public string Name => name;

    public virtual IReadOnlyList<Child> Before(Turn turn) => [];

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) =>
    [
        Turn.Step("determineHealthProviders"),
        new(name, Change),
        Turn.Step($"monitor{title}"),
        Turn.Step("forceCacheRefresh"),
        Turn.Step($"waitForCluster{title.Replace("Cluster", "", StringComparison.Ordinal)}"),
        Turn.Step("forceCacheRefresh"),
    ];

    /// <summary>Which of the cluster's groups, oldest first, are changed.</summary>
    protected abstract IEnumerable<ServerGroup> Chosen(Turn turn, IReadOnlyList<ServerGroup> cluster);

    /// <summary>Null: the group goes.</summary>
    protected abstract ServerGroup? Changed(Turn turn, ServerGroup group);

    private Result Change(Turn turn)
    {
        foreach (var region in Look.Regions(turn))
        {
            foreach (var group in Chosen(turn, [.. turn.Around.World.State.Cluster(Look.Account(turn), region, Look.Cluster(turn))]).ToList())
                turn.Around.World.Change(turn.Now, Replaced(turn.Around.World.State, group, Changed(turn, group)));
        }

        return new Result.Succeeded(Kato.Task(turn, Name));
    }

    private static WorldState Replaced(WorldState state, ServerGroup before, ServerGroup? after) =>
        after is null ? state with { Groups = state.Groups.Remove(before) } : state.Replace(before, after);
}
