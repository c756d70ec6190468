using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.ServerGroups;

/// <summary>Which server groups a stage is about: named, or found in a cluster by a target such as <c>current_asg_dynamic</c>.</summary>
internal static class Choice
{
    /// <summary>One for each region; null: there is none.</summary>
    public static IReadOnlyList<(string Region, string Name, ServerGroup? Group)> Of(Turn turn)
    {
        var account = Look.Account(turn);
        return [.. Look.Regions(turn).Select(region => One(turn, account, region))];
    }

    /// <summary>Null: nothing fits. Newest first is what every target but the oldest goes by.</summary>
    public static ServerGroup? Target(IEnumerable<ServerGroup> cluster, string target)
    {
        List<ServerGroup> groups = [.. cluster.OrderByDescending(group => group.Created)];
        return target.Replace("_asg_dynamic", "", StringComparison.Ordinal) switch
        {
            "newest" or "current" => groups.Count > 0 ? groups[0] : null,
            "ancestor" or "previous" => groups.Count > 1 ? groups[1] : null,
            "oldest" => groups.Count > 0 ? groups[^1] : null,
            "largest" => groups.MaxBy(group => group.Capacity.Desired),
            "fail" => groups.Count == 1 ? groups[0] : null,
            _ => null,
        };
    }

    private static (string Region, string Name, ServerGroup? Group) One(Turn turn, string account, string region)
    {
        var state = turn.Around.World.State;
        if ((turn.Text("serverGroupName") ?? turn.Text("asgName")) is { } name)
            return (region, name, state.Find(account, region, name));

        var target = turn.Text("target") ?? throw new PlanningException("IllegalArgumentException", "serverGroupName or target must be given");
        var found = Target(state.Cluster(account, region, Look.Cluster(turn)), target);
        return (region, found?.Name ?? target, found);
    }
}
