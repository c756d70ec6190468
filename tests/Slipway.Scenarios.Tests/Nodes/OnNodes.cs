using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Nodes;

/// <summary>What tests of several nodes share: two of them, four instances, and a deployment in its middle.</summary>
public abstract class OnNodes
{
    /// <summary>Every instance takes two seconds and they are changed one by one: there is a middle.</summary>
    private const string OneByOne = "strategy: { rolling: { batch: 1, pause: 1s } }\n";

    protected static readonly TimeSpan AtMost = TimeSpan.FromSeconds(90);

    protected static async Task<Fleet> StartAsync(int megabytes = 0, params (string Name, string Value)[] database)
    {
        var fleet = await Fleet.StartAsync(new() { Nodes = 2, Database = database, DatabaseMegabytes = megabytes });
        await fleet.JoinAsync("dev", 4, Shop.Name);
        await Shop.DescribeAsync(fleet, OneByOne);
        await Shop.PublishAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "2");
        await DeployAsync(fleet, "1");
        return fleet;
    }

    protected static async Task DeployAsync(Fleet fleet, string version) => await fleet.MustAsync("deploy", Shop.Name, version, "--to", "dev", "--wait");

    /// <summary>Deploys version 2 through the first node, which then works on it, until it is in the middle.</summary>
    protected static async Task<string> BeginAsync(Fleet fleet)
    {
        var begun = System.Text.Json.JsonSerializer.Deserialize(
            await fleet.MustAsync("deploy", Shop.Name, "2", "--to", "dev", "--json"), ContractsJson.Default.Deployment)!;
        await Patience.UntilAsync("one instance runs 2", async () =>
        {
            foreach (var agent in fleet.Agents)
            {
                if ((await fleet.ServiceOnAsync(agent, Shop.Name)).RunningVersion == "2")
                    return true;
            }

            return false;
        });
        return begun.Id.Value;
    }

    protected static async Task<int> EventsAsync(Fleet fleet, string deployment) =>
        (await fleet.GetAsync($"deployments/{deployment}/events?limit=500", ContractsJson.Default.PageDeploymentEvent)).Items.Count;

    protected static async Task SucceedsAsync(Fleet fleet, string deployment)
    {
        var ended = await Patience.UntilAsync<Deployment>(
            "the deployment has ended",
            async () => await fleet.GetAsync($"deployments/{deployment}", ContractsJson.Default.Deployment) is { FinishedAt: not null } done ? done : null,
            AtMost,
            () => string.Join("\n----\n", fleet.Nodes.Select(node => node.Output)));
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
    }
}
