using Slipway.Cli.Tests.Fake;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task Shows_services_by_environments()
    {
        await using var server = await WithTargetsAsync();
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("status")).ToString());
    }

    [Fact]
    public async Task Shows_one_line_for_each_target_when_the_matrix_is_too_wide()
    {
        await using var server = await WithTargetsAsync();
        foreach (var region in new[] { "europe-west", "europe-east", "america-north", "america-south" })
        {
            server.Environments.Add(Sample.Environment(region, server.Environments.Count));
            server.Targets.Add(Sample.Target("checkout", region, "2026.3.1-g1f2e3d", 12, 12, TimeSpan.FromDays(8)));
        }

        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("status")).ToString());
    }

    [Fact]
    public async Task Shows_everything_about_one_service()
    {
        await using var server = await WithTargetsAsync();
        server.Instances.Add(Sample.Instance("web-1", "production", "checkout", "1.9"));
        server.Instances.Add(Sample.Instance("web-2", "production", "checkout", "1.9", "failed"));
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("status", "checkout")).ToString());
    }

    [Fact]
    public async Task Shows_groups_side_by_side_with_what_differs()
    {
        await using var server = await FakeServer.StartAsync();
        server.Targets.Add(Sample.Target("shop", "production", "2.0", 3, 4, TimeSpan.FromHours(3)) with { Drift = ["eu-west-1: shop-production-v007 serves 1.9 instead of 2.0, and this sentence is longer than a line."] });
        server.Groups["production"] = new()
        {
            ObservedAt = FrozenTime.Now.AddMinutes(-2),
            Trouble = "Spinnaker main does not answer: connection refused.",
            Groups =
            [
                Group("shop-production-v007", "prod eu-west-1", "1.9", serving: true, up: 2, starting: 0),
                Group("shop-production-v008", "prod us-east-1", "2.0", serving: true, up: 1, starting: 1),
                Group("shop-production-v006", "prod us-east-1", null, serving: false, up: 2, starting: 0),
            ],
        };
        using var cli = new Cli(server) { Time = new FrozenTime(), IsTerminal = true };

        var run = await cli.RunAsync("status", "shop", "--no-color");

        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches($"{run}\n{await cli.RunAsync("status", "--no-color")}");
    }

    [Fact]
    public async Task Says_what_to_do_when_there_is_nothing_yet()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);

        Snapshot.Matches((await cli.RunAsync("status")).ToString());
    }

    [Fact]
    public async Task An_unknown_service_is_refused_with_the_nearest_name()
    {
        await using var server = await WithTargetsAsync();
        server.Services.Add(Sample.Service("checkout"));
        server.Services.Add(Sample.Service("search"));
        using var cli = new Cli(server);

        Snapshot.Matches((await cli.RunAsync("status", "chekout")).ToString());
    }

    [Fact]
    public async Task Asks_with_two_requests_at_most()
    {
        await using var server = await WithTargetsAsync();
        using var cli = new Cli(server);

        await cli.RunAsync("status");

        Assert.Equal(2, server.Requests.Count);
    }

    private static InstanceGroup Group(string name, string location, string? version, bool serving, int up, int starting) => new()
    {
        Name = name,
        Location = location,
        Version = version,
        Serving = serving,
        Capacity = new(1, 4, 2),
        Health = new(up + starting, up, 0, starting, serving ? 0 : up, 0),
        CreatedAt = FrozenTime.Now.AddHours(-1),
    };

    private static async Task<FakeServer> WithTargetsAsync()
    {
        var server = await FakeServer.StartAsync();
        server.Environments.AddRange([Sample.Environment("production", 2), Sample.Environment("dev", 0), Sample.Environment("staging", 1)]);
        server.Targets.AddRange(
        [
            Sample.Target("checkout", "dev", "2.0", 1, 1, TimeSpan.FromMinutes(5)),
            Sample.Target("checkout", "staging", "2.0", 2, 2, TimeSpan.FromHours(3)) with { RunningDeployment = Sample.Id },
            Sample.Target("checkout", "production", "1.9", 1, 2, TimeSpan.FromDays(12)) with
            {
                PreviousVersion = VersionName.Parse("1.8"),
                ConfigRevision = 4,
                Hold = new() { Reason = "2.0 was taken back", PlacedBy = "slipway", PlacedAt = FrozenTime.Now.AddMinutes(-90) },
            },
            Sample.Target("search", "dev", "0.3.1", 1, 1, TimeSpan.FromSeconds(20)),
            Sample.Target("search", "production", null, 0, 0, TimeSpan.Zero),
        ]);
        return server;
    }
}
