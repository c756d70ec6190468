using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Nodes;

/// <summary>A database that is there and does not do its work, in the middle of a deployment: nothing is lost or done twice, and the nodes say what is wrong.</summary>
public sealed class DatabaseTests : OnNodes
{
    [Fact]
    public async Task One_that_takes_seconds_for_every_query_costs_time_and_nothing_else()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        foreach (var node in fleet.Nodes)
            fleet.Cluster.LineOf(node).Delay = TimeSpan.FromSeconds(4);

        await SayAsync(fleet, "answers too slowly");
        foreach (var node in fleet.Nodes)
            fleet.Cluster.LineOf(node).Mend();

        await GoesOnAsync(fleet, deployment);
    }

    [Fact]
    public async Task One_without_a_connection_to_give_is_waited_for()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        await fleet.Cluster.Database.ExecuteAsync($"ALTER ROLE {NodeCluster.User} CONNECTION LIMIT 0");
        await fleet.Cluster.Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{NodeCluster.User}'");
        await SayAsync(fleet, "no connection left");

        await fleet.Cluster.Database.ExecuteAsync($"ALTER ROLE {NodeCluster.User} CONNECTION LIMIT -1");
        await GoesOnAsync(fleet, deployment);
    }

    [Fact]
    public async Task One_whose_disk_is_full_refuses_what_does_not_fit_and_takes_it_when_there_is_room()
    {
        await using var fleet = await StartAsync(megabytes: 250, ("max_wal_size", "48MB"), ("min_wal_size", "32MB"));
        Assert.SkipUnless(fleet.Cluster.Database.HasSmallDisk, "This machine does not allow mounting a tmpfs.");
        var deployment = await BeginAsync(fleet);
        fleet.Cluster.Database.FillDisk();

        // An artifact of several nodes lies in the database unless there is a bucket.
        var folder = Directory.CreateDirectory(Path.Combine(fleet.Folder, "large")).FullName;
        var bytes = new byte[64_000_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(folder, "run"), bytes);
        string[] publish = ["publish", Shop.Name, "3", folder];
        var refused = await fleet.SlipwayAsync(publish);
        Assert.NotEqual(0, refused.ExitCode);

        fleet.Cluster.Database.FreeDisk();
        if (fleet.Cluster.Database.HasEnded)
            await fleet.Cluster.Database.StartAgainAsync();

        await GoesOnAsync(fleet, deployment);
        await fleet.MustAsync(publish);
    }

    private static async Task SayAsync(Fleet fleet, string why)
    {
        foreach (var node in fleet.Nodes)
            await Patience.UntilAsync($"it says: {why}", async () => (await node.WhyNotReadyAsync()).Contains(why, StringComparison.Ordinal), AtMost, () => node.Output);
    }

    private static async Task GoesOnAsync(Fleet fleet, string deployment)
    {
        await SucceedsAsync(fleet, deployment);
        foreach (var node in fleet.Nodes)
            await Patience.UntilAsync("it is ready again", node.IsReadyAsync, AtMost, () => node.Output);

        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
    }
}
