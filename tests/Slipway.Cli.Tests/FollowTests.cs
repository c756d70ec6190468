using Slipway.Cli.Tests.Fake;
using Slipway.Client;
using Slipway.Client.Deployments;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class FollowTests
{
    [Fact]
    public async Task A_broken_stream_goes_on_after_the_last_event_without_gap_or_repetition()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.Succeeds);
        server.CutStreamAfter.Enqueue(2);
        server.CutStreamAfter.Enqueue(1);
        using var client = Client(server);

        var updates = await client.Deployments.FollowAsync(Sample.Id).ToListAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6], updates.OfType<DeploymentUpdate.Happened>().Select(u => u.Event.Sequence));
        // What was written just before a cut may be lost on the way, so where the later streams begin is not certain.
        Assert.Equal("", server.StreamsFrom.First());
        Assert.InRange(updates.OfType<DeploymentUpdate.ConnectionLost>().Count(), 1, 2);
        Assert.Equal(updates.OfType<DeploymentUpdate.ConnectionLost>().Count(), updates.OfType<DeploymentUpdate.ConnectionRestored>().Count());
    }

    [Fact]
    public async Task A_restarted_server_is_found_again_and_the_loss_is_told_once()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.Succeeds with { Hangs = true, Events = [.. Stories.Succeeds.Events.Take(3)] });
        using var client = Client(server);
        var updates = new List<DeploymentUpdate>();
        var following = Task.Run(async () =>
        {
            await foreach (var update in client.Deployments.FollowAsync(Sample.Id))
            {
                lock (updates)
                    updates.Add(update);
            }
        });

        await Until.TrueAsync(() => Count<DeploymentUpdate.Happened>() == 3);
        await server.StopAsync();
        await Until.TrueAsync(() => Count<DeploymentUpdate.ConnectionLost>() == 1);
        server.Deployments[0] = Stories.Succeeds;
        await server.RestartAsync();
        await following.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(6, Count<DeploymentUpdate.Happened>());
        Assert.Equal(1, Count<DeploymentUpdate.ConnectionLost>());

        int Count<T>()
        {
            lock (updates)
                return updates.OfType<T>().Count();
        }
    }

    [Fact]
    public async Task A_silent_stream_is_opened_again_without_a_word()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.NeverEnds);
        using var client = Client(server, silence: TimeSpan.FromMilliseconds(100));
        using var stop = new CancellationTokenSource();
        var updates = new List<DeploymentUpdate>();
        var following = Task.Run(async () =>
        {
            await foreach (var update in client.Deployments.FollowAsync(Sample.Id, cancellation: stop.Token))
                updates.Add(update);
        });

        await Until.TrueAsync(() => server.StreamsFrom.Count >= 3);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);

        Assert.IsType<DeploymentUpdate.Happened>(Assert.Single(updates));
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up()
    {
        var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.NeverEnds);
        using var client = Client(server, patience: TimeSpan.FromMilliseconds(300));
        await server.StopAsync();

        await Assert.ThrowsAsync<ServerUnreachableException>(() => client.Deployments.FollowAsync(Sample.Id).ToListAsync().AsTask());
    }

    [Fact]
    public async Task Watching_says_once_that_the_connection_was_lost()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.Succeeds);
        server.CutStreamAfter.Enqueue(2);
        server.EndsPolitely = true;
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("watch", Sample.Id.Value)).ToString());
    }

    private static SlipwayClient Client(FakeServer server, TimeSpan? silence = null, TimeSpan? patience = null) => new(new SlipwayClientOptions
    {
        Server = new Uri(server.Address),
        Token = FakeServer.Token,
        StreamSilence = silence ?? TimeSpan.FromSeconds(30),
        StreamPatience = patience ?? TimeSpan.FromSeconds(30),
    });
}
