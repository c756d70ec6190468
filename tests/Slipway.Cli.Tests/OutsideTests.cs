using Slipway.Cli.Tests.Fake;
using Slipway.Cli.Watching;
using Slipway.Contracts.Deployments;
using Spectre.Console;
using Xunit;

namespace Slipway.Cli.Tests;

/// <summary>Deployments whose work another system does: steps, links, questions.</summary>
public sealed class OutsideTests
{
    [Fact]
    public async Task A_log_has_a_line_for_each_step_the_link_once_and_the_question_with_its_answers()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = StoriesOutside.Succeeds;
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--wait")).ToString());
    }

    [Fact]
    public void A_picture_has_the_running_steps_under_their_stage()
    {
        var steps = StoriesOutside.Region(
            StageStatus.Running,
            Sample.Step("Create server group", 1, StageStatus.Succeeded),
            Sample.Step("Wait for up instances", 1, StageStatus.Running),
            Sample.Step("Monitor deploy", 1, StageStatus.Failed, "One subnet is full,\nso it is tried again in the other one, which has more room"));

        Snapshot.Matches(Draw(Running(stage => stage with { Steps = steps, Link = StoriesOutside.Link })));
    }

    [Fact]
    public void A_picture_shows_what_is_asked_and_how_it_is_answered() =>
        Snapshot.Matches(Draw(Running(stage => stage with { Question = StoriesOutside.Question, Link = new("Execution", "http://deck/1") })));

    [Fact]
    public void A_hundred_steps_fit_into_80_by_24()
    {
        var steps = Enumerable.Range(1, 100).Select(i => Sample.Step($"Step number {i}, whose name is very long and more than what fits into a line of a terminal", i % 5, StageStatus.Running));

        var text = Draw(Running(stage => stage with { Steps = [.. steps], Question = StoriesOutside.Question, Link = StoriesOutside.Link }));

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.InRange(text.TrimEnd('\n').Split('\n').Length, 10, 24);
        Assert.Contains("more", text, StringComparison.Ordinal);
        Assert.Contains("slipway approve d-7k2m9qwxyz", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_answered_stands_beside_the_stage()
    {
        var answer = new ApprovalAnswer { Approved = true, By = "bob", Choice = "eu-only", Reason = "looks good", At = FrozenTime.Now };

        Assert.Contains("approved by bob (eu-only): looks good", Draw(Running(stage => stage with { Answer = answer })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_deployment_shows_its_steps_its_question_and_its_link()
    {
        await using var server = await FakeServer.StartAsync();
        server.Deployments.Add(StoriesOutside.Succeeds with
        {
            End = Running(stage => stage with
            {
                Steps = StoriesOutside.Region(StageStatus.Running, Sample.Step("Wait for up instances", 1, StageStatus.Running)),
                Question = StoriesOutside.Question,
                Link = StoriesOutside.Link,
            }),
        });
        using var cli = new Cli(server) { Time = new FrozenTime() };

        Snapshot.Matches((await cli.RunAsync("deployments", "d-7k2m9qwxyz")).ToString());
    }

    [Fact]
    public async Task A_failure_without_an_instance_has_its_evidence_and_where_to_look()
    {
        await using var server = await FakeServer.StartAsync();
        var end = Sample.Deployment(DeploymentStatus.Failed);
        server.Next = StoriesOutside.Succeeds with
        {
            End = end with
            {
                Sequence = 11,
                Failure = new() { Stage = "bake", Code = "bake_failed", Reason = "Bake failed in Spinnaker: no package.", Evidence = ["Bake in us-east-1: E: Unable to locate package", "Bake in us-east-1: E: Unable to locate package"] },
                Stages = [new() { Name = "bake", Kind = "bake", Description = "Bake an image", Status = StageStatus.Failed, Link = StoriesOutside.Link }],
            },
        };
        using var cli = new Cli(server) { Time = new FrozenTime() };

        var run = await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production", "--wait");

        Assert.Equal(1, run.ExitCode);
        Snapshot.Matches(run.Out[run.Out.IndexOf('✗', StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task Answering_says_who_answered_what()
    {
        await using var server = await FakeServer.StartAsync();
        var answered = Sample.Deployment(DeploymentStatus.Running) with
        {
            Stages = [new() { Name = "approve", Kind = "approve", Description = "Wait", Status = StageStatus.Running, Answer = new() { Approved = true, By = "alice", Choice = "eu-only", At = FrozenTime.Now } }],
        };
        server.Deployments.Add(Stories.Succeeds with { Begin = answered });
        using var cli = new Cli(server);

        var approved = await cli.RunAsync("approve", "d-7k2m9qwxyz", "--choice", "eu-only", "--reason", "looks good");

        Assert.Equal(("eu-only", "looks good"), (server.LastAnswer?.Choice, server.LastAnswer?.Reason));
        Assert.Contains("POST /deployments/d-7k2m9qwxyz/approve", server.Requests);
        Snapshot.Matches($"{approved}\n{await cli.RunAsync("reject", "d-7k2m9qwxyz")}");
        Assert.Contains("POST /deployments/d-7k2m9qwxyz/reject", server.Requests);
    }

    private static Deployment Running(Func<StageProgress, StageProgress> change)
    {
        var begun = FrozenTime.Now.AddSeconds(-44);
        var deployment = Sample.Deployment(DeploymentStatus.Running);
        return deployment with
        {
            Plan = Sample.Plan(),
            Stages =
            [
                new() { Name = "start", Kind = "start", Description = "Start it", Status = StageStatus.Succeeded, StartedAt = begun, FinishedAt = begun.AddSeconds(1) },
                change(new() { Name = "deploy", Kind = "deploy", Description = "Red/black: make new instances", Status = StageStatus.Running, StartedAt = begun }),
                new() { Name = "check", Kind = "check", Description = "Check it", Status = StageStatus.Pending },
            ],
        };
    }

    private static string Draw(Deployment deployment)
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
        console.Write(new Picture(deployment, new FrozenTime()).Draw(80, 24));
        return text.ToString();
    }
}
