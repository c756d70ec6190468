using Slipway.Cli.Tests.Fake;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Xunit;

namespace Slipway.Cli.Tests;

/// <summary>Whether a version is healthy, and why.</summary>
public sealed class ExplainTests
{
    private static readonly InstanceName Shop1 = InstanceName.Parse("shop-1");

    [Fact]
    public async Task The_answer_comes_first_then_each_signal_with_its_curves_then_what_is_new_and_what_else_is_different()
    {
        await using var server = await ServerAsync(Failed());
        using var cli = new Cli(server) { Time = new FrozenTime(), IsTerminal = true };
        cli.Variables["NO_COLOR"] = "1";

        var run = await cli.RunAsync("explain", server.Deployments[0].End.Id.Value);

        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task While_too_little_is_known_it_says_what_is_missing()
    {
        await using var server = await ServerAsync(Failed() with
        {
            Answer = Answer.Inconclusive,
            Sentence = "Time of requests: not enough seen yet; about 6 minutes more.",
            Needs = Duration.FromSeconds(360),
            NeedsRequests = 900,
            Signals = [],
            NewErrors = [],
            Lines = null,
            TakenBackBy = null,
            DryRun = true,
        });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("explain", server.Deployments[0].End.Id.Value)).ToString());
    }

    [Fact]
    public async Task A_deployment_that_nobody_has_judged_is_said_to_be_one()
    {
        await using var server = await ServerAsync(verdict: null);
        using var cli = new Cli(server);

        var run = await cli.RunAsync("explain", server.Deployments[0].End.Id.Value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no verdict", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_says_how_often_rules_would_have_been_wrong()
    {
        await using var server = await ServerAsync(verdict: null);
        server.Report = new()
        {
            Verdict = new(),
            Good = 1,
            GoodStopped = 0,
            Bad = 1,
            BadMissed = 1,
            Deployments = [Past("1.4.3", good: false, Answer.Inconclusive), Past("1.4.2", good: true, Answer.Pass)],
        };
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("replay", "checkout", "--in", "production", "--ignore", "disk", "--ignore", "cpu", "--warm-up", "30s", "--inconclusive", "fail");

        Snapshot.Matches(run.ToString());
        Assert.Equal(["disk", "cpu"], server.LastReplay!.Verdict!.Ignore);
        Assert.Equal((Duration.FromSeconds(30), null, WhenInconclusive.Fail), (server.LastReplay.Verdict.WarmUp, server.LastReplay.Verdict.Watch, server.LastReplay.Verdict.Inconclusive));
    }

    [Fact]
    public async Task A_word_that_a_replay_does_not_know_is_refused_with_those_it_does()
    {
        await using var server = await ServerAsync(verdict: null);
        using var cli = new Cli(server);

        var run = await cli.RunAsync("replay", "checkout", "--in", "production", "--inconclusive", "wiat");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"wiat\" does not fit. It is one of continue, wait, fail. Did you mean wait?", run.Error, StringComparison.Ordinal);
    }

    private static ReplayedDeployment Past(string version, bool good, Answer now) => new()
    {
        Deployment = DeploymentId.Parse("d-7k2m9qwxyz"),
        Version = VersionName.Parse(version),
        CreatedAt = FrozenTime.Now.AddHours(-3),
        Good = good,
        Before = Answer.Fail,
        Now = now,
        Sentence = "Healthy: nothing that matters has changed in 9 metrics.",
    };

    private static async Task<FakeServer> ServerAsync(DeploymentVerdict? verdict)
    {
        var server = await FakeServer.StartAsync();
        server.Deployments.Add(Stories.Succeeds);
        server.Verdict = verdict;
        return server;
    }

    private static DeploymentVerdict Failed() => new()
    {
        Deployment = DeploymentId.Parse("d-7k2m9qwxyz"),
        Answer = Answer.Fail,
        Sentence = "Time of requests: 46 percent higher than it would be; certain 4 minutes after the first change.",
        Changed = 2,
        Unchanged = 4,
        ChangedAt = FrozenTime.Now.AddMinutes(-4),
        JudgedAt = FrozenTime.Now.AddSeconds(-8),
        WatchedUntil = FrozenTime.Now.AddMinutes(6),
        TakenBackBy = DeploymentId.Parse("d-5n8p3r6t0v"),
        Signals =
        [
            new()
            {
                Signal = "requestTime",
                Unit = "ms",
                Answer = Answer.Fail,
                Sentence = "Time of requests: 46 percent higher than it would be; certain 4 minutes after the first change.",
                Effect = 0.46,
                Evidence = 11.2,
                Boundary = 8.4,
                CrossedAfter = 210,
                Drawing = new()
                {
                    Seconds = [.. Enumerable.Range(-60, 120).Select(at => at * 10.0)],
                    Changed = [.. Enumerable.Range(0, 120).Select(at => (double?)(at < 60 ? 30 + (at % 3) : 44 + (at % 5)))],
                    Unchanged = [.. Enumerable.Range(0, 120).Select(at => at is 40 or 41 ? null : (double?)(30 + (at % 4)))],
                    Path = [],
                    ChangedQuantiles = [],
                    UnchangedQuantiles = [],
                },
            },
            new() { Signal = "cpu", Unit = "cores", Answer = Answer.Pass, Sentence = "CPU: 2 percent higher, and clear changes for the worse are ruled out.", Evidence = 0.1, Boundary = 8 },
        ],
        NewErrors = [new() { Template = "Could not reach <*> within <*>", Example = "Could not reach 10.0.3.7 within 250 ms, which is longer than anybody would wait for it", Count = 12, Instances = 2 }],
        Lines = new() { Instance = Shop1, Lines = ["GET /cart 500", "Could not reach \e[31m10.0.3.7 within 250 ms"] },
    };
}
