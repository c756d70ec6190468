using Slipway.Cli.Tests.Fake;
using Slipway.Contracts.Deployments;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class DeployTests
{
    [Fact]
    public async Task Waiting_tells_each_event_and_how_it_ended()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--wait")).ToString());
    }

    [Fact]
    public async Task A_failure_tells_the_cause_first_then_what_happened_next_and_exits_with_1()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.IsTakenBack;
        server.Targets.Add(Sample.Target("checkout", "production", "1.9", 3, 3, TimeSpan.FromDays(2)) with
        {
            Hold = new() { Reason = "d-7k2m9qwxyz was taken back", PlacedBy = "slipway", PlacedAt = FrozenTime.Now },
        });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--wait");

        Assert.Equal(1, run.ExitCode);
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task Without_waiting_it_says_how_to_watch()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deploy", "checkout", "--to", "production")).ToString());
    }

    [Fact]
    public async Task A_restart_of_an_environment_is_a_deployment_that_can_be_waited_for()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("restart", "checkout", "--in", "production", "--wait");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("POST /targets/checkout/production/restart", server.Requests);
    }

    [Fact]
    public async Task As_json_every_event_is_one_line()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server);

        var run = await cli.RunAsync("deploy", "checkout", "--to", "production", "--wait", "--json");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.All(lines, l => Assert.StartsWith("{\"id\":", l, StringComparison.Ordinal));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task The_request_carries_what_was_asked()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server);

        await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--strategy", "rolling:2:10s", "--config", "7", "--reason", "hotfix", "--no-rollback", "--rebuild");

        var request = server.LastRequest!;
        Assert.Equal(("checkout", "production", "2.0", 7, "hotfix", true), (request.Service.Value, request.Environment.Value, request.Version!.Value.Value, request.ConfigRevision, request.Reason, request.NoRollback));
        Assert.True(request.Rebuild);
        Assert.Equal(new Slipway.Contracts.Services.Rolling { Batch = Slipway.Contracts.Services.Amount.Count(2), Pause = Slipway.Contracts.Services.Duration.FromSeconds(10) }, request.Strategy);
    }

    [Theory]
    [InlineData("red-black", "00:00:00")]
    [InlineData("red-black:5m", "00:05:00")]
    public async Task Red_black_may_say_how_long_both_serve(string text, string wait)
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server);

        await cli.RunAsync("deploy", "checkout", "--to", "production", "--strategy", text);

        Assert.Equal(TimeSpan.Parse(wait, System.Globalization.CultureInfo.InvariantCulture), Assert.IsType<Slipway.Contracts.Services.RedBlack>(server.LastRequest!.Strategy).Wait.Time);
        Assert.False(server.LastRequest.Rebuild);
    }

    [Fact]
    public async Task Highlander_is_a_strategy()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server);

        await cli.RunAsync("deploy", "checkout", "--to", "production", "--strategy", "highlander");

        Assert.IsType<Slipway.Contracts.Services.Highlander>(server.LastRequest!.Strategy);
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_starts_nothing()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        using var cli = new Cli(server);

        var run = await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--dry-run");

        Assert.Empty(server.Deployments);
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task Interrupted_waiting_says_how_to_watch_again_and_exits_with_130()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.NeverEnds;
        using var cli = new Cli(server);
        using var interrupt = new CancellationTokenSource();

        var running = cli.RunAsync(interrupt.Token, "deploy", "checkout", "--to", "production", "--wait");
        await Until.TrueAsync(() => !server.StreamsFrom.IsEmpty);
        await interrupt.CancelAsync();
        var run = await running;

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("slipway watch d-7k2m9qwxyz", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_that_was_asked_for_is_a_success()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.IsTakenBack;
        using var cli = new Cli(server);

        var run = await cli.RunAsync("rollback", "checkout", "--in", "production", "--wait");

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Cancelled_is_not_a_success()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds with { End = Sample.Deployment(DeploymentStatus.Cancelled) };
        using var cli = new Cli(server);

        Assert.Equal(1, (await cli.RunAsync("deploy", "checkout", "--to", "production", "--wait")).ExitCode);
    }
}
