using Slipway.Chaos.Checking;
using Slipway.Chaos.Client;
using Slipway.Chaos.Stack;
using Slipway.Contracts;

namespace Slipway.Chaos;

/// <summary>Brings together what the checker may know: the API, the agents' folders, the client's journal.</summary>
internal sealed class Collector(Cluster cluster, Api api, string journal)
{
    private static readonly string[] AtRest = ["healthy", "unhealthy", "failed", "stopped", "absent"];

    /// <summary>Everybody is there and nobody does anything any more.</summary>
    public async Task<bool> IsCalmAsync()
    {
        var open = await api.GetAsync("deployments?status=queued&status=running&status=paused&limit=1", ContractsJson.Default.PageDeployment);
        var instances = await api.AllAsync("instances", ContractsJson.Default.PageInstance);
        return open.Items.Count == 0
            && instances.Count == cluster.Agents.Count
            && instances.All(instance => instance.Connected && instance.Services.All(service => AtRest.Contains(service.State)));
    }

    public async Task<History> CollectAsync(int seed)
    {
        var (asked, sightings) = Journal.Read(journal);
        var instances = await api.AllAsync("instances", ContractsJson.Default.PageInstance);
        return new()
        {
            Seed = seed,
            Asked = asked,
            Sightings = sightings,
            Wares = Wares.All,
            Deployments = await DeploymentsAsync(),
            Targets = [.. (await api.AllAsync("targets", ContractsJson.Default.PageTarget)).Select(target => new SeenTarget(target.Service.Value, target.Environment.Value, target.Version?.Value))],
            Instances = [.. instances.Select(instance => new SeenInstance(
                instance.Name.Value,
                instance.Environment.Value,
                instance.Connected,
                [.. instance.Services.Select(service => new SeenService(service.Service.Value, service.AssignedVersion, service.RunningVersion, service.State, service.Reason))]))],
            Folders = [.. cluster.Agents.SelectMany(Folders)],
        };
    }

    private async Task<IReadOnlyList<SeenDeployment>> DeploymentsAsync()
    {
        var found = new List<SeenDeployment>();
        foreach (var deployment in (await api.AllAsync("deployments", ContractsJson.Default.PageDeployment)).Reverse())
            found.Add(Seen.Of(deployment).With(await api.AllAsync($"deployments/{deployment.Id}/events?after=0", ContractsJson.Default.PageDeploymentEvent)));
        return found;
    }

    private IEnumerable<SeenFolder> Folders(AgentNode agent)
    {
        var processes = ServiceProcess.Of(agent.Name);
        foreach (var service in Wares.Services)
        {
            var (current, versions) = agent.Look(service);
            yield return new()
            {
                Instance = agent.Name,
                Service = service,
                Current = current,
                Versions = versions,
                Starts = cluster.Wares.Starts(agent.Name, service),
                Processes = [.. processes.Where(process => process.Service == service).Select(process => process.Version)],
            };
        }
    }
}
