using Slipway.Emulator;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>Agents that reach AWS and not the server.</summary>
public sealed class AwsAloneTests : AwsTests
{
    private const string Bucket = "artifacts-of-tests";

    [Fact]
    public async Task They_do_what_their_queue_says_fetch_from_the_bucket_and_report_later()
    {
        await CreateBucketAsync(Bucket);
        await using var fleet = await StartAsync(null, "--Slipway:Aws:Bucket", Bucket);
        await Shop.DescribeAsync(fleet, "strategy: all-at-once\n");
        await DeployAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "3");

        // Held back between the server and the topic, until the agents are alone and have nothing prepared any more.
        var (assigned, alone) = (new TaskCompletionSource(), new TaskCompletionSource());
        Aws.Faults.Hold = call =>
        {
            if (call.Action != "PublishBatch" || !call.Body.Contains("generationFrom", StringComparison.Ordinal))
                return Task.CompletedTask;

            assigned.TrySetResult();
            return alone.Task;
        };
        var deployment = fleet.SlipwayAsync("deploy", Shop.Name, "3", "--to", "dev", "--wait");
        await assigned.Task.WaitAsync(TimeSpan.FromSeconds(30));
        fleet.Line.Cut();
        foreach (var agent in fleet.Agents)
            Directory.Delete(Path.Combine(fleet.Folder, agent.Name, "services", Shop.Name, "versions", "3"), recursive: true);

        alone.SetResult();
        await Patience.UntilAsync(
            "both run it, unknown to the server",
            () => Task.FromResult(fleet.Agents.All(agent => agent.Output.Contains("3 is healthy (generation 2)", StringComparison.Ordinal))),
            evidence: () => fleet.Agents[0].Output);
        Assert.All(fleet.Agents, agent => Assert.Contains("Nothing can be reported", agent.Output, StringComparison.Ordinal));
        Assert.Equal("1", (await fleet.ServiceOnAsync(fleet.Agents[0], Shop.Name)).RunningVersion);

        fleet.Line.Mend();
        var ended = await deployment;
        Assert.True(ended.ExitCode == 0, ended.Story);
        await Shop.RunsEverywhereAsync(fleet, "3");
    }

    [Fact]
    public async Task The_server_is_not_in_the_way_of_the_bytes()
    {
        await CreateBucketAsync(Bucket);
        await using var fleet = await StartAsync(name => name == "dev-2" ? "direct" : "aws", "--Slipway:Aws:Bucket", Bucket);

        Assert.Contains(Aws.Faults.Calls, call => IsDownload(call) && IsServer(call)); // The first bytes, when it was published.
        var before = Aws.Faults.Calls.Count;
        await DeployAsync(fleet, "1");
        await Shop.RunsEverywhereAsync(fleet, "1");
        var downloads = Aws.Faults.Calls.Skip(before).Where(IsDownload).ToArray();
        Assert.Contains(downloads, call => call.Query.Contains("X-Amz-Signature", StringComparison.Ordinal));
        Assert.Contains(downloads, call => !call.Query.Contains("X-Amz-Signature", StringComparison.Ordinal));
        Assert.All(downloads, call => Assert.False(IsServer(call), call.ToString()));
    }

    [Fact]
    public async Task A_bucket_the_agents_may_not_read_is_reached_by_links_of_the_server()
    {
        await CreateBucketAsync(Bucket);
        await using var fleet = await StartAsync(null, "--Slipway:Aws:Bucket", Bucket);
        Aws.Faults.Decide = call => IsDownload(call) && !call.Query.Contains("X-Amz-Signature", StringComparison.Ordinal) ? Fault.Denied : Fault.None;
        await DeployAsync(fleet, "1");
        await Shop.RunsEverywhereAsync(fleet, "1");
        Assert.Contains("asking the server for them", fleet.Agents[0].Output, StringComparison.Ordinal);
    }

    /// <summary>Agents have no SDK for S3.</summary>
    private static bool IsServer(AwsCall call) => call.From.Contains("aws-sdk-dotnet", StringComparison.Ordinal);

    /// <summary>An artifact's key ends with its sha256.</summary>
    private static bool IsDownload(AwsCall call) =>
        call is { Service: "s3", Action: "GET", Path.Length: > 64 } && call.Path[^64..].All(char.IsAsciiHexDigitLower);
}
