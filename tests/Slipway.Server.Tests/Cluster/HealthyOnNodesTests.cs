using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Declared.Healthy;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Cluster;

/// <summary>How long an environment has been healthy is the same wherever it is asked for, and whichever node its agents speak with.</summary>
public sealed class HealthyOnNodesTests : IAsyncLifetime
{
    private static readonly HealthyCheck Hour = new() { In = FleetSetup.Target.Environment, For = Duration.FromMinutes(60) };

    private TestNodes nodes = null!;
    private Assign assigned = null!;

    public async ValueTask InitializeAsync()
    {
        nodes = await TestNodes.StartAsync();
        await nodes[0].PublishAsync();
        await nodes[0].RunsAsync(FleetSetup.V1);
        await nodes[0].ChangeAsync(async db => (await Read.FindAsync(db, FleetSetup.Target, CancellationToken.None))!.DeployedAt = DateTimeOffset.UtcNow.AddHours(-2));
    }

    public async ValueTask DisposeAsync() => await nodes.DisposeAsync();

    [Fact]
    public async Task Every_node_counts_the_same_time_and_a_move_of_the_agent_costs_none()
    {
        await using var agent = await FakeAgent.JoinAsync(nodes[0], "web-1", "production", "checkout");
        await agent.At(nodes[1]).ConnectAsync();
        assigned = (await agent.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign;

        await agent.SayAsync(new() { Status = Status(ServiceState.Healthy, minutes: 61) });
        await BothSayAsync(finding => finding is Finding.Pass { Said: var said } && said.StartsWith("Healthy in production for 1 h 1 min", StringComparison.Ordinal));

        await agent.SayAsync(new() { Status = Status(ServiceState.Unhealthy, minutes: 0) });
        await BothSayAsync(finding => finding is Finding.Inconclusive { Said: "Not healthy in production: web-1 is unhealthy" });

        agent.Drop();
        await BothSayAsync(finding => finding is Finding.Inconclusive { Said: "Not healthy in production: web-1 is away, and not known until it is back" });

        await agent.At(nodes[0]).ConnectAsync(Status(ServiceState.Healthy, minutes: 12));
        await BothSayAsync(finding => finding is Finding.Inconclusive { Said: var said } && said.StartsWith("Healthy in production for 12 min", StringComparison.Ordinal));
    }

    private ServiceStatus Status(ServiceState state, int minutes)
    {
        var status = FakeAgent.Status("checkout", assigned.Generation, state, "1", assigned.Cause);
        status.Since = DateTimeOffset.UtcNow.AddMinutes(-minutes).ToUnixTimeMilliseconds();
        return status;
    }

    private async Task BothSayAsync(Func<Finding, bool> wanted)
    {
        foreach (var node in new[] { nodes[0], nodes[1] })
            await TestNodes.UntilAsync(async () => wanted(await JudgeAsync(node)));
    }

    private static async Task<Finding> JudgeAsync(TestServer node)
    {
        var standing = await node.Get<Standings>().FindAsync(FleetSetup.Target, FleetSetup.V1.Version, hasInstances: true, CancellationToken.None);
        return HealthyRules.Judge(Hour, FleetSetup.V1.Version, standing, DateTimeOffset.UtcNow);
    }
}
