using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Xunit;

namespace Slipway.Agent.Tests.Preparing;

/// <summary>Whoever could make a server send its agents to http could read and change what they fetch.</summary>
public sealed class SentWithoutTlsTests : IAsyncLifetime
{
    private readonly byte[] content = Build.Noise(1_000);
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("slipway-agent-tests-").FullName);
    private FakeBucket bucket = null!;

    public async ValueTask InitializeAsync() => bucket = await FakeBucket.StartAsync(content);

    public async ValueTask DisposeAsync()
    {
        await bucket.DisposeAsync();
        Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task A_server_with_TLS_cannot_send_to_a_place_without()
    {
        var refused = await Assert.ThrowsAsync<PrepareException>(() => DownloadAsync("https://slipway.test"));

        Assert.Equal("download_failed", refused.Code);
        Assert.Contains("without TLS", refused.Message, StringComparison.Ordinal);
        Assert.Empty(bucket.Requests);
    }

    [Fact]
    public async Task A_server_without_TLS_can() => Assert.Equal(content.Length, await DownloadAsync("http://slipway.test"));

    private async Task<long> DownloadAsync(string server)
    {
        AgentKeys.CreateNext(data);
        AgentKeys.Adopt(data);
        using var keys = AgentKeys.Load(data)!;
        using var http = new HttpMessageInvoker(new SendsTo(bucket.NextLink()));
        var identity = new AgentIdentity
        {
            Instance = InstanceName.Parse("web-1"),
            Environment = EnvironmentName.Parse("dev"),
            ServerId = FakeServer.ServerId,
            Servers = [new(server)],
        };
        var artifact = new Artifact { Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), Size = content.Length };
        using var pipe = new ChunkPipe();
        using var download = new ArtifactDownload(
            new(identity, keys, http, TimeProvider.System), null, artifact, Path.Combine(data.Root, "x.partial"), new Random(1), TimeProvider.System, NullLogger.Instance);
        await download.RunAsync(pipe, CancellationToken.None);
        return download.Done;
    }

    private sealed class SendsTo(string link) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new(link) } });
    }
}
