using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Nodes;

/// <summary>What happens to nodes and their database, done to real ones in the middle of a deployment.</summary>
public sealed class NodeTests : OnNodes
{
    private static readonly TimeSpan TakenOverAfter = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_node_that_is_killed_has_its_deployment_finished_by_another_within_ten_seconds()
    {
        await using var fleet = await StartAsync();
        var (first, second) = (fleet.Nodes[0], fleet.Nodes[1]);
        var deployment = await BeginAsync(fleet);
        await first.KillAsync();
        var killed = DateTimeOffset.UtcNow;
        fleet.SpeakWith(second);
        var before = await EventsAsync(fleet, deployment);

        await Patience.UntilAsync("another node goes on", async () => await EventsAsync(fleet, deployment) > before, AtMost, () => second.Output);
        var after = DateTimeOffset.UtcNow - killed;
        TestContext.Current.SendDiagnosticMessage("a node was killed; another went on after {0:0.0} s", after.TotalSeconds);
        Assert.True(after < TakenOverAfter, $"It took {after.TotalSeconds:0.0} s.\n{second.Output}");
        await SucceedsAsync(fleet, deployment);

        await first.StartAgainAsync();
        fleet.SpeakWith(first);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
    }

    [Fact]
    public async Task A_node_that_stands_still_for_long_has_lost_its_work_to_another_and_ends_itself_when_it_wakes()
    {
        await using var fleet = await StartAsync();
        var (first, second) = (fleet.Nodes[0], fleet.Nodes[1]);
        var deployment = await BeginAsync(fleet);
        first.Signal("STOP");
        fleet.SpeakWith(second);
        await SucceedsAsync(fleet, deployment);
        first.Signal("CONT");

        await Patience.UntilAsync("the node has ended itself", () => Task.FromResult(first.HasEnded), AtMost, () => first.Output);
        Assert.NotEqual(0, first.ExitCode);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
        await first.StartAgainAsync();
        await DeployAsync(fleet, "1");
    }

    [Fact]
    public async Task A_node_that_is_cut_off_from_the_database_acts_no_more_and_another_takes_over()
    {
        await using var fleet = await StartAsync();
        var (first, second) = (fleet.Nodes[0], fleet.Nodes[1]);
        var deployment = await BeginAsync(fleet);
        fleet.Cluster.LineOf(first).Cut();
        fleet.SpeakWith(second);
        await SucceedsAsync(fleet, deployment);
        await Patience.UntilAsync("it says that it stops acting", () => Task.FromResult(first.Output.Contains("stops acting", StringComparison.Ordinal)), AtMost, () => first.Output);

        fleet.Cluster.LineOf(first).Mend();
        await Patience.UntilAsync("the node has ended itself", () => Task.FromResult(first.HasEnded), AtMost, () => first.Output);
        Assert.NotEqual(0, first.ExitCode);
        await first.StartAgainAsync();
        fleet.SpeakWith(first);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
    }

    [Fact]
    public async Task A_database_that_dies_and_comes_back_costs_time_and_nothing_else()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        await fleet.Cluster.Database.KillAsync();
        foreach (var node in fleet.Nodes)
            await Patience.UntilAsync("it says that it is not ready", async () => !await node.IsReadyAsync(), AtMost, () => node.Output);

        await fleet.Cluster.Database.StartAgainAsync();
        await SucceedsAsync(fleet, deployment);
        foreach (var node in fleet.Nodes)
            await Patience.UntilAsync("it is ready again", node.IsReadyAsync, AtMost, () => node.Output);

        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
    }

    [Fact]
    public async Task Nodes_that_are_restarted_one_after_the_other_disturb_no_deployment()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        foreach (var node in fleet.Nodes)
        {
            fleet.SpeakWith(fleet.Cluster.Other(node));
            await node.StopAsync();
            await node.StartAgainAsync();
        }

        await SucceedsAsync(fleet, deployment);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
    }
}
