using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>SNS and SQS die in the middle of a deployment and come back: with nothing of what was in them, and with everything.</summary>
public abstract class AwsDeathTests : AwsTests
{
    [Fact]
    public async Task A_deployment_goes_on_when_AWS_is_back()
    {
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "3");
        var deployment = fleet.SlipwayAsync("deploy", Shop.Name, "3", "--to", "dev", "--wait");
        await Patience.UntilAsync("it has begun", () => Task.FromResult(fleet.Agents.Any(agent => agent.Output.Contains("asks for 3", StringComparison.Ordinal))), evidence: () => fleet.Server.Output);
        await Aws.Emulator.KillAsync();
        await NoticeAsync(fleet);
        await Aws.Emulator.StartAgainAsync();
        var ended = await deployment;
        Assert.True(ended.ExitCode == 0, ended.Story);
        await Shop.RunsEverywhereAsync(fleet, "3");

        // And over the queue again, not only by asking.
        await ListenAgainAsync(fleet);
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
    }

    [Fact]
    public async Task At_rest_whatever_AWS_has_forgotten_is_made_again_though_nothing_is_published()
    {
        await using var fleet = await StartAsync();
        await Aws.Emulator.KillAsync();
        await NoticeAsync(fleet);
        await Aws.Emulator.StartAgainAsync();
        await ListenAgainAsync(fleet);
    }

    private static Task NoticeAsync(Fleet fleet) => Patience.UntilAsync(
        "everybody has noticed",
        () => Task.FromResult(fleet.Agents.All(agent => agent.Output.Contains("Nothing can be heard", StringComparison.Ordinal))),
        TimeSpan.FromSeconds(60));

    private static Task ListenAgainAsync(Fleet fleet) => Patience.UntilAsync(
        "they listen again",
        () => Task.FromResult(fleet.Agents.All(agent => agent.Output.LastIndexOf("Listening to", StringComparison.Ordinal) > agent.Output.LastIndexOf("Nothing can be heard", StringComparison.Ordinal))),
        TimeSpan.FromSeconds(90),
        () => fleet.Agents[0].Output);
}

/// <summary>Topics, queues and messages are gone.</summary>
public sealed class AwsDeathWithoutMemoryTests : AwsDeathTests;

/// <summary>Everything is as it was.</summary>
public sealed class AwsDeathWithMemoryTests : AwsDeathTests
{
    protected override bool IsPersistent => true;
}
