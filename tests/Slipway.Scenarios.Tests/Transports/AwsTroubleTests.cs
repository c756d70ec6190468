using Slipway.Emulator;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>AWS refuses, has another clock, or somebody removes what the agent had made.</summary>
public sealed class AwsTroubleTests : AwsTests
{
    [Fact]
    public async Task A_queue_that_somebody_deletes_is_made_again()
    {
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        await SqsAsync("DeleteQueue", """{"QueueUrl":"http://sqs.us-east-1.localhost/000000000000/slipway_dev_dev-1"}""");
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
        await Patience.UntilAsync("it listens again", () => Task.FromResult(fleet.Agents[0].Output.Split("Listening to").Length > 2), TimeSpan.FromSeconds(90), () => fleet.Agents[0].Output);
    }

    [Fact]
    public async Task A_clock_that_is_an_hour_off_is_put_right_on_the_way()
    {
        Aws.Faults.ClockOffset = TimeSpan.FromHours(1);
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        await Shop.RunsEverywhereAsync(fleet, "1");
    }

    [Fact]
    public async Task A_server_that_may_not_publish_says_which_permission_is_missing_and_goes_on_when_it_has_it()
    {
        await using var fleet = await StartAsync();
        Aws.Faults.Decide = call => call.Action == "PublishBatch" ? Fault.Denied : Fault.None;
        var deployment = fleet.SlipwayAsync("deploy", Shop.Name, "1", "--to", "dev", "--wait");
        await Patience.UntilAsync("the server says so", () => Task.FromResult(fleet.Server.Output.Contains("sns:Publish", StringComparison.Ordinal)), evidence: () => fleet.Server.Output);
        Aws.Faults.Decide = _ => Fault.None;
        Assert.Equal(0, (await deployment).ExitCode);
        await Patience.UntilAsync("it says that it goes on", () => Task.FromResult(fleet.Server.Output.Contains("told over SNS again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_agent_that_hears_nothing_is_told_in_the_answers_to_its_reports()
    {
        await using var fleet = await StartAsync();
        Aws.Faults.Decide = call => call.Action == "ReceiveMessage" ? Fault.Denied : Fault.None;
        await Patience.UntilAsync("the agents notice", async () => (await fleet.InstanceAsync("dev-1")).TransportTrouble?.Contains("AccessDenied", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(60));
        await DeployAsync(fleet, "1");
        await Shop.RunsEverywhereAsync(fleet, "1");
    }

    [Fact]
    public async Task Calls_that_are_throttled_cut_or_never_answered_are_repeated()
    {
        await using var fleet = await StartAsync();
        var calls = 0;
        Aws.Faults.Decide = call => call.Action is "ReceiveMessage" ? Fault.None : (Interlocked.Increment(ref calls) % 4) switch
        {
            0 => Fault.Throttled,
            1 => Fault.Cut,
            2 => Fault.AnswerLost,
            _ => Fault.None,
        };
        await DeployAsync(fleet, "1");
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
    }

    [Theory]
    [InlineData("ReceiveMessage", "sqs:ReceiveMessage")]
    [InlineData("CreateQueue", "sqs:CreateQueue")]
    [InlineData("Subscribe", "sns:Subscribe")]
    [InlineData("DeleteMessage", "sqs:DeleteMessage")]
    public async Task The_doctor_says_which_permission_is_missing(string action, string permission)
    {
        await using var fleet = await StartAsync();
        Aws.Faults.Decide = call => call.Action == action ? Fault.Denied : Fault.None;
        var examined = await fleet.Agents[0].CommandAsync("doctor");
        Assert.Equal(1, examined.ExitCode);
        Assert.Contains($"✗ {permission}: denied", examined.Output, StringComparison.Ordinal);
        Assert.Contains($"\"Action\": \"{permission}\"", examined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_agent_that_leaves_and_of_an_instance_that_is_deleted_nothing_stays_in_AWS()
    {
        await using var fleet = await StartAsync();
        await fleet.Agents[0].StopAsync();
        Assert.Equal(0, (await fleet.Agents[0].CommandAsync("leave")).ExitCode);
        await fleet.DeleteAsync("instances/dev-2");
        foreach (var instance in (string[])["dev-1", "dev-2"])
            Assert.Contains("not found", await QueueAsync($"slipway_dev_{instance}"), StringComparison.Ordinal);

        await Patience.UntilAsync("the agent of the deleted one has heard", () => Task.FromResult(fleet.Agents[1].Output.Contains("agent_revoked", StringComparison.Ordinal)), evidence: () => fleet.Agents[1].Output);
        Assert.Contains("not found", await QueueAsync("slipway_dev_dev-2"), StringComparison.Ordinal);
        Assert.DoesNotContain("<member>", await SnsAsync("Action=ListSubscriptions&Version=2010-03-31"), StringComparison.Ordinal);
    }
}
