using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

/// <summary>The server does not give the bytes itself but sends to where they are.</summary>
public sealed class SentElsewhereTests : IAsyncLifetime
{
    private readonly byte[] content = Build.Noise(2_000_000);
    private FakeServer server = null!;
    private FakeBucket bucket = null!;
    private TestAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        bucket = await FakeBucket.StartAsync(content);
        server.SendsTo = _ => bucket.NextLink();
        agent = new(server);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await bucket.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_bytes_come_from_where_the_server_sends_to_which_never_sees_a_signature()
    {
        await AssignAsync(artifact => artifact.Urls.Add("s3://bucket/artifacts/x?region=eu-central-1"));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal([("1", 0, "")], bucket.Requests);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(agent.Folder.Versions, "1.0", "app")));
    }

    [Fact]
    public async Task After_a_cut_and_a_link_that_ran_out_it_goes_on_with_a_new_one()
    {
        bucket.Troubles.Enqueue(0);
        bucket.Troubles.Enqueue(403);
        await AssignAsync();
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        var requests = bucket.Requests.ToArray();
        Assert.Equal(["1", "2", "3"], requests.Select(request => request.Link));
        Assert.True(requests[1].Start > 0 && requests[1].Start == requests[2].Start, string.Join(", ", requests));
    }

    [Fact]
    public async Task A_place_that_refuses_every_link_fails_the_version()
    {
        foreach (var _ in Enumerable.Range(0, 5))
            bucket.Troubles.Enqueue(403);

        await AssignAsync();

        var status = await server.NextStatusAsync(ServiceState.Failed, 1);
        Assert.Equal("download_failed", status.ReasonCode);
        Assert.Contains("answers 403", status.Reason, StringComparison.Ordinal);
        Assert.Equal(5, bucket.Requests.Count);
    }

    [Fact]
    public async Task What_is_not_there_fails_the_version_at_once()
    {
        bucket.Troubles.Enqueue(404);
        await AssignAsync();
        Assert.Contains("answers 404", (await server.NextStatusAsync(ServiceState.Failed, 1)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_were_changed_there_are_refused()
    {
        content[1_000_000] ^= 1;
        var artifact = server.Publish([.. content], ArtifactFormat.SingleFile, "app");
        content[1_000_000] ^= 1;
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));

        Assert.Equal("digest_mismatch", (await server.NextStatusAsync(ServiceState.Failed, 1)).ReasonCode);
    }

    private async Task AssignAsync(Action<Artifact>? with = null)
    {
        var artifact = server.Publish([.. content], ArtifactFormat.SingleFile, "app");
        with?.Invoke(artifact);
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
    }
}
