using System.Security.Cryptography;
using Slipway.Cli.Tests.Fake;
using Slipway.Client;
using Slipway.Client.Uploads;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class UploadTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task An_upload_that_is_cut_goes_on_where_the_server_stopped()
    {
        await using var server = await FakeServer.StartAsync();
        server.CutAfter.Enqueue(100_000);
        server.CutAfter.Enqueue(50_000);
        using var client = Client(server);
        var (path, content) = MakeFile(1_000_000);
        var digest = await UploadsClient.DigestAsync(path);

        var upload = await client.Uploads.SendAsync(path, digest);

        Assert.True(upload.Complete);
        Assert.Equal(content, server.Uploaded(digest));
        Assert.Equal(3, server.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_large_file_goes_in_several_requests()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = Client(server, requestSize: 300_000);
        var (path, content) = MakeFile(1_000_000);
        var digest = await UploadsClient.DigestAsync(path);
        var reported = new List<long>();

        await client.Uploads.SendAsync(path, digest, new Reports(reported));

        Assert.Equal(content, server.Uploaded(digest));
        Assert.Equal(4, server.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Equal((0L, 1_000_000L), (reported[0], reported[^1]));
        Assert.Equal(reported.Order(), reported);
    }

    [Fact]
    public async Task What_the_server_has_is_not_sent_again()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = Client(server);
        var (path, _) = MakeFile(10_000);
        var digest = await UploadsClient.DigestAsync(path);
        await client.Uploads.SendAsync(path, digest);
        server.Requests.Clear();

        await client.Uploads.SendAsync(path, digest);

        Assert.Equal(["POST /uploads"], server.Requests);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_is_given_up()
    {
        await using var server = await FakeServer.StartAsync();
        for (var i = 0; i < 20; i++)
            server.CutAfter.Enqueue(0);
        using var client = Client(server);
        var (path, _) = MakeFile(10_000);
        var digest = await UploadsClient.DigestAsync(path);

        await Assert.ThrowsAsync<ServerUnreachableException>(() => client.Uploads.SendAsync(path, digest));
    }

    [Fact]
    public async Task Content_that_is_not_what_its_digest_says_is_refused()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = Client(server);
        var (path, _) = MakeFile(10_000);
        var wrong = Slipway.Contracts.Ids.ArtifactDigest.Parse(new string('0', 64));

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.Uploads.SendAsync(path, wrong));

        Assert.Equal("digest_mismatch", refusal.Problem.Code);
    }

    private (string Path, byte[] Content) MakeFile(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var path = Path.Combine(cli.Folder, "artifact");
        File.WriteAllBytes(path, content);
        return (path, content);
    }

    private static SlipwayClient Client(FakeServer server, int requestSize = 64 * 1024 * 1024) => new(new SlipwayClientOptions
    {
        Server = new Uri(server.Address),
        Token = FakeServer.Token,
        UploadRequestSize = requestSize,
    });

    private sealed class Reports(List<long> reported) : IProgress<long>
    {
        public void Report(long value) => reported.Add(value);
    }
}
