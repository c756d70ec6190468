using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Nodes;

/// <summary>Nodes that cannot speak with each other, and do reach the database.</summary>
public sealed class PeerTests : OnNodes
{
    [Fact]
    public async Task One_of_them_has_to_go_the_other_finishes_the_deployment_and_both_are_there_when_the_network_is()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        fleet.Cluster.CutPeers();

        var gone = await Patience.UntilAsync(
            "one node has ended itself", () => Task.FromResult(fleet.Nodes.FirstOrDefault(node => node.HasEnded)), AtMost, () => string.Join("\n----\n", fleet.Nodes.Select(node => node.Output)));
        var left = fleet.Cluster.Other(gone);
        fleet.SpeakWith(left);
        await SucceedsAsync(fleet, deployment);
        Assert.False(left.HasEnded, left.Output);
        Assert.NotEqual(0, gone.ExitCode);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);

        fleet.Cluster.MendPeers();
        await gone.StartAgainAsync();
        fleet.SpeakWith(gone);
        await DeployAsync(fleet, "1");
        await Shop.RunsEverywhereAsync(fleet, "1", atMost: AtMost);
    }
}
