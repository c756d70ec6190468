using Slipway.Contracts.Deployments;
using Slipway.FakeGate.Faults;

namespace Slipway.Server.Tests.Spinnaker;

/// <summary>Spinnaker slow, down, restarted or answering rubbish: delayed, never lost, doubled or wrongly ended.</summary>
public sealed class FaultTests
{
    public static TheoryData<AnswerFault> Faults =>
    [
        new AnswerFault(Wrong.Error) { Status = 500, Times = 12 },
        new AnswerFault(Wrong.Error) { Status = 429, Times = 8 },
        new AnswerFault(Wrong.Abort) { Times = 4 },
        new AnswerFault(Wrong.Html) { Times = 8 },
        new AnswerFault(Wrong.Truncated) { Times = 8, Method = "GET" },
        new AnswerFault(Wrong.Empty) { Times = 3, Method = "GET", Path = "^/pipelines/" },
        new AnswerFault(Wrong.Lost) { Times = 1, Method = "POST", Path = "^/pipelines/shop/" },
        new AnswerFault(Wrong.Lost) { Times = 1, Method = "POST", Path = "^/pipelines$" },
        new AnswerFault(Wrong.Lost) { Times = 4 },
        new AnswerFault(Wrong.Login) { Times = 4 },
        new AnswerFault(Wrong.Slow) { Delay = TimeSpan.FromMilliseconds(400), Times = 30 },
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_Gate_answers_one_execution_is_started_and_ends_well(AnswerFault fault)
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        scene.Gate.Faults.Answer(fault);

        await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);

        Assert.Single(scene.Gate.Executions.All);
    }

    [Fact]
    public async Task An_execution_that_can_not_be_read_right_after_its_start_is_waited_for()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        scene.Gate.Faults.HiddenAfterStart = TimeSpan.FromSeconds(3);

        await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);

        Assert.Single(scene.Gate.Executions.All);
    }

    [Fact]
    public async Task A_status_nobody_knows_is_one_that_goes_on()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        scene.Gate.Faults.RunningIsCalled = "PONDERING";
        scene.Gate.Faults.NullsOfOldVersions = true;

        await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Succeeded);
    }

    [Fact]
    public async Task What_Orca_refuses_to_run_fails_with_its_reason_and_is_not_started_again()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        scene.Gate.Faults.Reject("slipway-shop-production", "Unresolved artifact");

        var ended = await scene.EndsAsync(await scene.DeployAsync("1.0"), DeploymentStatus.Failed);

        Assert.Single(scene.Gate.Executions.All);
        Assert.NotEmpty(ended.Failure!.Reason);
    }

    [Fact]
    public async Task A_deployment_asked_for_while_Spinnaker_is_away_says_so_and_waits()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        scene.Gate.Faults.Answer(new(Wrong.Abort));

        var deployment = await scene.DeployAsync("1.0");
        Assert.Contains(deployment.Plan.Warnings, warning => warning.Contains("does not answer", StringComparison.Ordinal));
        await scene.UntilAsync(deployment, now => now.Stages.Any(stage => stage.Note?.Contains("does not answer", StringComparison.Ordinal) == true));
        scene.Gate.Faults.Clear();

        await scene.EndsAsync(deployment, DeploymentStatus.Succeeded);
    }

    [Fact]
    public async Task The_server_may_restart_while_Spinnaker_works()
    {
        await using var scene = await SpinnakerScene.StartAsync();
        await scene.PublishAsync("1.0");
        var deployment = await scene.UntilRunsAsync(await scene.DeployAsync("1.0"), "bake");

        await scene.Server.RestartAsync();

        await scene.EndsAsync(deployment, DeploymentStatus.Succeeded);
        Assert.Single(scene.Gate.Executions.All);
    }
}
