using System.Diagnostics;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Server.Environments;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Targets;

[OnBothDatabases]
public sealed class BehindTests
{
    private static readonly EnvironmentName[] Order = [.. new[] { "dev", "staging", "production" }.Select(EnvironmentName.Parse)];

    [Fact]
    public void A_target_is_behind_the_nearest_environment_before_it_that_runs_a_newer_version()
    {
        var behind = Of("production", ("dev", 9, 40), ("staging", 7, 30), ("production", 4, 21));
        Assert.Equal(("staging", 3, 9), (behind!.Environment.Value, behind.Versions, behind.Commits));
    }

    [Fact]
    public void An_environment_before_it_that_runs_the_same_or_an_older_one_is_passed_over() =>
        Assert.Equal("dev", Of("production", ("dev", 9, 40), ("staging", 4, 21), ("production", 4, 21))!.Environment.Value);

    [Fact]
    public void Nothing_before_it_is_newer_and_what_comes_after_it_does_not_matter()
    {
        Assert.Null(Of("production", ("dev", 4, 0), ("production", 4, 0)));
        Assert.Null(Of("dev", ("dev", 4, 0), ("production", 9, 0)));
        Assert.Null(Of("production", ("dev", 4, 0)));
    }

    [Fact]
    public async Task Three_hundred_services_and_their_targets_in_eight_environments_are_listed_within_200_milliseconds()
    {
        await using var server = await TestServer.StartAsync();
        await FillAsync(server, services: 300, environments: 8);
        var (all, _) = await ListAsync(server);
        Assert.Equal(2400, all.Count);
        var last = all.First(target => target is { Service.Value: "s-000", Environment.Value: "e-7" });
        Assert.Equal(("e-6", 1, 3, "team-0", "c7"), (last.Behind!.Environment.Value, last.Behind.Versions, last.Behind.Commits, last.Team, last.Commit));

        var services = (await server.Http.GetAsync<Page<Service>>("/api/v1/services?limit=500")).Items;
        Assert.Equal((300, "s-299", "team-9"), (services.Count, services[^1].Name.Value, services[^1].Definition.Team));
        await ReachAsync(async () => (await ListAsync(server)).Took, "2,400 targets");
        await ReachAsync(async () => await TimeAsync(() => server.Http.GetAsync<Page<Service>>("/api/v1/services?limit=500")), "300 services");
    }

    /// <summary>On a quiet machine the first rounds are far below it; a busy one gets the time to let one round through.</summary>
    private static async Task ReachAsync(Func<Task<TimeSpan>> measure, string what)
    {
        var (bar, begin, best) = (TimeSpan.FromMilliseconds(200), Stopwatch.GetTimestamp(), TimeSpan.MaxValue);
        for (var round = 0; round < 7 || (best > bar && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(30)); round++)
        {
            var took = await measure();
            best = took < best ? took : best;
        }

        TestContext.Current.SendDiagnosticMessage($"{what}: best {best.TotalMilliseconds:0} ms.");
        Assert.True(best <= bar, $"{what}: {best.TotalMilliseconds:0} ms");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var begin = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begin);
    }

    private static Behind? Of(string here, params (string Environment, int Number, int Commits)[] running) => BehindRules.Of(
        EnvironmentName.Parse(here),
        Order,
        running.ToDictionary(one => EnvironmentName.Parse(one.Environment), one => new RunningVersion(VersionName.Parse($"v{one.Number}"), one.Number, one.Commits, null, default)));

    private static async Task<(List<Target> Targets, TimeSpan Took)> ListAsync(TestServer server)
    {
        var begin = Stopwatch.GetTimestamp();
        var (targets, cursor) = (new List<Target>(), "");
        do
        {
            var page = await server.Http.GetAsync<Page<Target>>($"/api/v1/targets?limit=1000{cursor}");
            targets.AddRange(page.Items);
            cursor = page.NextCursor is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        return (targets, Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>Each environment runs one version less than the one before it; a version has three commits.</summary>
    private static Task FillAsync(TestServer server, int services, int environments) => server.ChangeAsync(db =>
    {
        for (var e = 0; e < environments; e++)
            db.Add(new EnvironmentRow { Name = EnvironmentName.Parse($"e-{e}"), Order = e });

        for (var s = 0; s < services; s++)
        {
            var service = ServiceName.Parse($"s-{s:d3}");
            db.Add(new ServiceRow { Name = service, Revision = 1 });
            db.Add(new DefinitionRow { Service = service, Revision = 1, Definition = new ServiceDefinition { Service = service, Team = $"team-{s % 10}", Run = ["./run"] } });
            for (var e = 0; e < environments; e++)
            {
                var number = environments - e;
                var version = VersionName.Parse($"1.{number}");
                db.Add(new VersionRow { Service = service, Version = version, Number = number, CommitsSoFar = 3 * number, Commit = $"c{e}", DefinitionRevision = 1 });
                db.Add(new TargetRow { Service = service, Environment = EnvironmentName.Parse($"e-{e}"), Version = version });
            }
        }

        return Task.CompletedTask;
    });
}
