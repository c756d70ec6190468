using System.Security.Cryptography;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Emulator;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>Messages that are lost, repeated, late, forged or nonsense.</summary>
public sealed class AwsMessageTests : AwsTests
{
    private const string TopicArn = "arn:aws:sns:us-east-1:000000000000:slipway-dev";

    [Fact]
    public async Task Messages_that_come_twice_are_obeyed_once()
    {
        Aws.Faults.Decide = call => call.Action == "PublishBatch" ? Fault.Twice : Fault.None;
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
        Assert.All(fleet.Agents, agent => Assert.Equal(1, Occurrences(agent.Output, "asks for 2")));
    }

    [Fact]
    public async Task Messages_that_are_lost_cost_seconds()
    {
        var published = 0;
        Aws.Faults.Decide = call => call.Action == "PublishBatch" && Interlocked.Increment(ref published) % 2 == 1 ? Fault.Swallowed : Fault.None;
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
        Assert.True(published >= 4, "Something was lost and said again.");
    }

    [Fact]
    public async Task A_message_that_comes_long_after_a_newer_one_changes_nothing()
    {
        await using var fleet = await StartAsync();
        await DeployAsync(fleet, "1");
        var old = Aws.Faults.Calls.Where(call => call.Action == "PublishBatch").Select(call => call.Body).ToList();
        await DeployAsync(fleet, "2");
        foreach (var body in old)
            await SnsAsync(body);

        await Patience.UntilAsync(
            "the old assignments have come again",
            () => Task.FromResult(fleet.Agents.All(agent => agent.Output.Contains("came late", StringComparison.Ordinal))),
            evidence: () => fleet.Agents[0].Output);
        await Shop.RunsEverywhereAsync(fleet, "2");
    }

    [Fact]
    public async Task What_the_server_has_not_signed_is_not_obeyed_and_ends_among_the_dead_letters()
    {
        await SqsAsync("CreateQueue", """{"QueueName":"dead"}""");
        await using var fleet = await StartAsync(null, "--Slipway:Aws:DeadLetterQueue", "arn:aws:sqs:us-east-1:000000000000:dead");
        await DeployAsync(fleet, "1");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new Broadcast { Environment = "dev", Parts = { new Part { To = InstanceNumbers.ToRecipients([1, 2]), Message = new() { Assign = new() { Service = Shop.Name, Generation = 99 } } } } };
        await PublishAsync(Convert.ToBase64String(BroadcastSeal.Seal(forged, key, BroadcastSeal.KeyId(key.ExportSubjectPublicKeyInfo()))));
        await PublishAsync("this is no message");

        // Time passes faster for a queue whose messages nobody waits for.
        await SqsAsync("SetQueueAttributes", """{"QueueUrl":"http://sqs.us-east-1.localhost/000000000000/slipway_dev_dev-1","Attributes":{"VisibilityTimeout":"1"}}""");
        await Patience.UntilAsync("both were seen", () => Task.FromResult(fleet.Agents.All(agent => agent.Output.Contains("a key this agent does not know", StringComparison.Ordinal) && agent.Output.Contains("no message of a Slipway server", StringComparison.Ordinal))));
        Assert.DoesNotContain("generation 99", fleet.Agents[0].Output, StringComparison.Ordinal);
        await Shop.RunsEverywhereAsync(fleet, "1");
        await DeployAsync(fleet, "2");
        Assert.Contains("maxReceiveCount", await QueueAsync("slipway_dev_dev-1"), StringComparison.Ordinal);
    }

    private Task<string> PublishAsync(string message) => SnsAsync(
        $"Action=Publish&Version=2010-03-31&TopicArn={Uri.EscapeDataString(TopicArn)}&Message={Uri.EscapeDataString(message)}"
        + "&MessageAttributes.entry.1.Name=service&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=%2A"
        + "&MessageAttributes.entry.2.Name=first&MessageAttributes.entry.2.Value.DataType=Number&MessageAttributes.entry.2.Value.StringValue=1"
        + "&MessageAttributes.entry.3.Name=last&MessageAttributes.entry.3.Value.DataType=Number&MessageAttributes.entry.3.Value.StringValue=9");

    private static int Occurrences(string text, string of) => text.Split(of).Length - 1;
}
