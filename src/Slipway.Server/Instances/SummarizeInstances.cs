using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Instances;
using Slipway.Server.Access;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>GET /instances/summary</summary>
internal static class SummarizeInstances
{
    private const int MostValues = 50;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/instances/summary", Handle)
            .Requires(Scope.Read)
            .WithTags("Instances")
            .WithName("summarizeInstances")
            .WithSummary("Instances in numbers")
            .WithDescription("How many instances the same filters find, and how many of them are in each environment and state, with which agent and which version; and which labels there are to filter by.")
            .Produces<InstanceSummary>();

    private static IResult Handle([AsParameters] InstanceFilter filter, LiveFleet fleet) =>
        filter.Check() is { } invalid ? invalid.ToResult() : Results.Json(Of(fleet.Instances, filter), ContractsJson.Default.InstanceSummary);

    private static InstanceSummary Of(IReadOnlyList<LiveInstance> all, InstanceFilter filter)
    {
        var (total, connected) = (0, 0);
        Dictionary<string, int> states = [], agents = [], versions = [], environments = [];
        Dictionary<string, SortedSet<string>> labels = [];
        foreach (var instance in all)
        {
            if (!filter.Has(instance))
                continue;

            total++;
            connected += instance.IsConnected ? 1 : 0;
            Count(environments, instance.Environment.Value);
            if (instance.Facts.AgentVersion is { Length: > 0 } agent)
                Count(agents, agent);
            foreach (var (name, value) in instance.Facts.Labels)
                Add(labels, name, value);
            foreach (var member in instance.Members)
            {
                if (!filter.Has(member))
                    continue;

                Count(states, StateNames.Of(member.State.Reported?.State));
                if (filter.Service is not null && member.State.Reported?.RunningVersion is { Length: > 0 } version)
                    Count(versions, version);
            }
        }

        return new()
        {
            Total = total,
            Connected = connected,
            States = states,
            AgentVersions = agents,
            Versions = filter.Service is null ? null : versions,
            Environments = environments,
            Labels = labels.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value]),
        };
    }

    private static void Count(Dictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static void Add(Dictionary<string, SortedSet<string>> labels, string name, string value)
    {
        if (!labels.TryGetValue(name, out var values))
            labels[name] = values = new(StringComparer.Ordinal);
        if (values.Count < MostValues)
            values.Add(value);
    }
}
