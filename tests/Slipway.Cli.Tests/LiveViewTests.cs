using Slipway.Cli.Tests.Fake;
using Slipway.Cli.Watching;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Spectre.Console;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class LiveViewTests
{
    [Fact]
    public void A_running_canary()
    {
        var picture = new Picture(Running(), new FrozenTime());
        picture.Add([Progress("web-1", InstanceStep.Healthy, "2.0"), Progress("web-2", InstanceStep.Draining, "1.9"), Progress("web-3", InstanceStep.Pending, "1.9")]);
        foreach (var happened in Stories.Succeeds.Events.SkipLast(1))
            picture.Add(happened);

        Snapshot.Matches(Draw(picture));
    }

    [Fact]
    public void A_failed_one_that_takes_itself_back()
    {
        var picture = new Picture(Running() with { RollingBack = true, Pending = null }, new FrozenTime()) { Disconnected = true };
        picture.Add([Progress("web-1", InstanceStep.Failed, "2.0"), Progress("web-2", InstanceStep.Unreachable, "1.9")]);

        Snapshot.Matches(Draw(picture));
    }

    [Fact]
    public void Very_many_instances_are_a_bar()
    {
        var picture = new Picture(Running(), new FrozenTime());
        picture.Add([.. Enumerable.Range(1, 120).Select(i => i switch
        {
            <= 34 => Progress($"web-{i}", InstanceStep.Healthy, "2.0"),
            <= 36 => Progress($"web-{i}", InstanceStep.Checking, "2.0"),
            37 => Progress($"web-{i}", InstanceStep.Failed, "2.0") with { Reason = "answered 500 to /healthz for the third time in a row, which is more than allowed" },
            _ => Progress($"web-{i}", InstanceStep.Pending, "1.9"),
        })]);

        Snapshot.Matches(Draw(picture));
    }

    [Fact]
    public void Thirty_instances_and_forty_stages_fit_into_80_by_24()
    {
        var deployment = Running() with
        {
            Stages = [.. Enumerable.Range(1, 40).Select(i => Stage($"batch-{i}", $"Change instance number {i}, whose name is very long and more than fits into the line", i < 20 ? StageStatus.Succeeded : i == 20 ? StageStatus.Running : StageStatus.Pending))],
        };
        var picture = new Picture(deployment, new FrozenTime());
        picture.Add([.. Enumerable.Range(1, 30).Select(i => Progress($"eu-west-1-checkout-{i}", InstanceStep.Healthy, i < 20 ? "2.0" : "1.9"))]);

        var text = Draw(picture);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.InRange(text.TrimEnd('\n').Split('\n').Length, 10, 24);
        Assert.Contains("batch-20", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_the_whole_way_ends_with_the_cause()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.IsTakenBack;
        using var cli = new Cli(server) { IsTerminal = true, Time = new FrozenTime() };

        var run = await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--wait", "--no-color");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("  look      slipway logs checkout --in production --instance web-1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("Ctrl-C leaves it running", run.Out, StringComparison.Ordinal);
    }

    private static Deployment Running() => Sample.Deployment(DeploymentStatus.Running) with
    {
        Plan = Sample.Deployment(DeploymentStatus.Running).Plan with { ExpectedDuration = Duration.FromSeconds(40) },
        Stages =
        [
            Stage("prepare", "Prepare 3 instances", StageStatus.Succeeded),
            Stage("canary-1", "Change web-1", StageStatus.Succeeded),
            Stage("batch-1", "Change web-2 and web-3", StageStatus.Running) with { Note = "web-2 drains" },
            Stage("verify", "Look at all of them once more", StageStatus.Pending),
        ],
    };

    private static StageProgress Stage(string name, string description, StageStatus status) => new()
    {
        Name = name,
        Kind = name,
        Description = description,
        Status = status,
        StartedAt = status == StageStatus.Pending ? null : FrozenTime.Now.AddSeconds(-4),
        FinishedAt = status == StageStatus.Succeeded ? FrozenTime.Now.AddSeconds(-2.8) : null,
    };

    private static InstanceProgress Progress(string instance, InstanceStep step, string version) => Sample.Progress(instance, "batch-1", step, version);

    private static string Draw(Picture picture)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 80;
        console.Write(picture.Draw(80, 24));
        return text.ToString();
    }
}
