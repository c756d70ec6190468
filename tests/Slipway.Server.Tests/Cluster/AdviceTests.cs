using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Slipway.Server.Cluster;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Cluster;

/// <summary>What nodes say about how they were set up.</summary>
public sealed class AdviceTests
{
    [Fact]
    public async Task A_node_that_others_cannot_reach_and_keys_that_anybody_can_read_are_told()
    {
        await using var nodes = await TestNodes.StartAsync(count: 1);
        using var second = new LoggedLines();
        await nodes.AddAsync(builder => builder.Logging.AddProvider(second));
        Assert.True(second.Has("Slipway:Cluster:Secret is not set"));
        Assert.False(second.Has("Slipway:Cluster:Address"));

        await using (var db = await nodes[0].Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await db.Set<NodeRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.HostName, "other-machine"), TestContext.Current.CancellationToken);

        using var third = new LoggedLines();
        await nodes.AddAsync(builder => builder.Logging.AddProvider(third), "--Slipway:Cluster:Secret", "not-a-secret-of-anybody");
        Assert.True(third.Has("This node can be reached from its own machine alone, and not from other-machine"));
        Assert.False(third.Has("Slipway:Cluster:Secret is not set"));
    }

    /// <summary>The others evict who has not joined in this time, counted from the start of its process.</summary>
    [Fact]
    public async Task A_node_may_wait_for_its_database_longer_than_it_does_and_still_join()
    {
        await using var nodes = await TestNodes.StartAsync(count: 1);
        Assert.True(nodes[0].Get<IOptions<ClusterMembershipOptions>>().Value.MaxJoinAttemptTime > TimeSpan.FromMinutes(5));
    }
}
