using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances;

namespace Slipway.Server.Tests.Instances;

public sealed class ThousandAgentsTests
{
    private const int Count = 1000;

    [Fact]
    public async Task A_thousand_agents_join_connect_and_acknowledge_one_command()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        var agents = await JoinAsync(server);
        try
        {
            await Parallel.ForEachAsync(agents, async (agent, _) => await agent.ConnectAsync());
            InstanceName[] names = [.. agents.Select(agent => agent.Name)];

            await server.Get<IFleet>().AssignAsync(FleetSetup.Target, names, FleetSetup.V1, "d-1/activate/1", fence: null, CancellationToken.None);
            await Parallel.ForEachAsync(agents, async (agent, _) =>
            {
                var assign = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;
                await agent.ReportAsync("checkout", assign.Generation, ServiceState.Healthy, "1", assign.Cause);
            });

            await server.WaitAsync(async () => (await server.Get<IFleet>().StatusAsync(FleetSetup.Target, names, CancellationToken.None))
                .All(status => status is { Connected: true, IsCurrent: true, AssignedGeneration: 1, Reported.State: ServiceState.Healthy }));
            await server.StoresAsync(async db => await db.Set<InstanceStatusRow>().CountAsync(row => row.State == "healthy") == Count);
        }
        finally
        {
            foreach (var agent in agents)
                await agent.DisposeAsync();
        }
    }

    private static async Task<FakeAgent[]> JoinAsync(TestServer server)
    {
        var token = await server.JoinTokenAsync(Count);
        var agents = new FakeAgent[Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), async (i, _) =>
            agents[i] = await FakeAgent.JoinWithAsync(server, token, $"agent-{i:d4}", "production", "checkout"));
        return agents;
    }
}
