using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;
using Slipway.Server.Versions.S3;

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>S3 refuses, goes away, comes back, does what it was asked and does not say so.</summary>
[Collection(nameof(S3Scene))]
public sealed class S3FaultTests(S3Scene scene)
{
    [Fact]
    public async Task S3_that_goes_away_in_the_middle_of_a_transfer_costs_only_the_transfer()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(30 << 20);
        await server.Http.StartAsync(file);
        await server.Http.SendAsync(file, 0, 29 << 20);
        var parts = 0;
        scene.S3.Fault = context =>
        {
            if (!context.Request.Query.ContainsKey("partNumber") || Interlocked.Increment(ref parts) <= 2)
                return Task.FromResult(false);

            scene.S3.IsAway();
            context.Abort();
            return Task.FromResult(true);
        };

        await (await server.Http.SendAsync(file, 29 << 20)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");

        Assert.Equal(file.Length, new FileInfo(Assert.Single(Partials(server))).Length);
        var known = await server.Http.GetAsync<Upload>($"/api/v1/uploads/{file.Digest()}");
        Assert.Equal((file.Length, false), (known.Offset, known.Complete));
        await (await server.Http.SendAsync(file, file.Length)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");

        scene.S3.IsWell();
        Assert.Equal((file.Length, false), await StartedAsync(server, file));
        Assert.True((await (await server.Http.SendAsync(file, file.Length)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        Assert.Empty(Partials(server));
        Assert.Equal(file, await server.Http.GetByteArrayAsync($"/api/v1/artifacts/{file.Digest()}/content"));
    }

    [Fact]
    public async Task A_transfer_that_fails_is_taken_back()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(20 << 20);
        await server.Http.StartAsync(file);
        scene.S3.Refuses(request => request.Query["partNumber"] == "2", 403, "AccessDenied");

        await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");

        Assert.Contains(scene.S3.Requests, request => request.StartsWith("DELETE ", StringComparison.Ordinal) && request.Contains("uploadId=", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => scene.Client.GetObjectMetadataAsync(bucket, $"artifacts/{file.Digest()}"))).StatusCode);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(1_000);
        await server.Http.StartAsync(file);
        scene.S3.Refuses(request => request.Method == "PUT", 403, "AccessDenied");
        var problem = await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        Assert.Contains($"s3:PutObject on arn:aws:s3:::{bucket}/artifacts/*", problem.Detail, StringComparison.Ordinal);

        scene.S3.Refuses(request => request.Method == "HEAD", 403, "");
        problem = await (await server.Http.GetAsync($"/api/v1/artifacts/{file.Digest()}/content")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        Assert.Contains("s3:GetObject", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        await scene.BucketAsync();
        await using var server = await scene.ServerAsync("never-made");
        var file = Uploaded.Random(1_000);
        await server.Http.StartAsync(file);
        var problem = await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        Assert.Contains("There is no bucket never-made. Make it in eu-central-1", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_object_is_there_is_found_by_asking_again()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(1_000);
        await server.Http.StartAsync(file);
        scene.S3.LoseAnswer = request => request.Method == "PUT";
        await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");

        scene.S3.IsWell();
        Assert.True((await (await server.Http.SendAsync(file, file.Length)).ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
        Assert.DoesNotContain(scene.S3.Requests, request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains(file.Digest(), StringComparison.Ordinal));
        Assert.Empty(Partials(server));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_died_between_the_transfer_and_its_notes_is_put_right_by_asking_again(bool start)
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(1_000);
        await server.Http.UploadAsync(file);

        // As after a kill: the object is there, and so is what it was made from.
        var digest = ArtifactDigest.Parse(file.Digest());
        await File.WriteAllBytesAsync(server.Get<Arriving>().Path(digest), file);
        await server.StoreAsync(new UploadRow { Sha256 = digest, Size = file.Length, StartedAt = DateTimeOffset.UtcNow });
        await server.RestartAsync();

        var answer = start ? await server.Http.StartAsync(file) : await (await server.Http.SendAsync(file, file.Length)).ShouldBeAsync<Upload>(HttpStatusCode.OK);

        Assert.True(answer.Complete);
        Assert.Empty(Partials(server));
        Assert.Empty(await server.ReadAsync(db => db.Set<UploadRow>().ToListAsync()));
    }

    [Fact]
    public async Task Whoever_asks_while_a_file_is_being_transferred_waits_for_the_same_end()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        var file = Uploaded.Random(1_000);
        await server.Http.StartAsync(file);
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.S3.Fault = async context =>
        {
            if (context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith(file.Digest(), StringComparison.Ordinal))
            {
                arrived.TrySetResult();
                await goOn.Task;
            }

            return false;
        };
        var first = server.Http.SendAsync(file, 0);
        await arrived.Task;
        var second = server.Http.SendAsync(file, file.Length);
        await (await server.Http.SendAsync(file, 0)).ShouldRefuseAsync(HttpStatusCode.Conflict, "upload_in_progress");
        Assert.False(second.IsCompleted);

        goOn.SetResult();

        foreach (var answer in await Task.WhenAll(first, second))
            Assert.True((await answer.ShouldBeAsync<Upload>(HttpStatusCode.OK)).Complete);
    }

    [Fact]
    public async Task What_is_wrong_with_the_bucket_is_said_once_and_unsaid_when_it_is_right()
    {
        var bucket = await scene.BucketAsync();
        using var said = new LoggedLines();
        await using var server = await scene.ServerAsync(bucket, builder => builder.Logging.AddProvider(said));
        var watch = server.Get<S3Watch>();
        await watch.LookAsync(default);
        Assert.Null(watch.Trouble);

        foreach (var (method, permission) in ((string, string)[])
            [("PUT", $"s3:PutObject on arn:aws:s3:::{bucket}/artifacts/*"), ("DELETE", $"s3:DeleteObject on arn:aws:s3:::{bucket}/artifacts/*"), ("GET", "s3:GetObject")])
            Assert.Contains(permission, await TroubleAsync(watch, method), StringComparison.Ordinal);

        scene.S3.Refuses(request => request.Query.ContainsKey("list-type"), 403, "AccessDenied");
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        Assert.Contains($"s3:ListBucket on arn:aws:s3:::{bucket}.", watch.Trouble, StringComparison.Ordinal);

        scene.S3.IsWell();
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        Assert.Null(watch.Trouble);
        Assert.Equal(["Error", "Error", "Error", "Error", "Information"], said.Lines.Where(line => line.Category == typeof(S3Watch).FullName).Select(line => $"{line.Level}"));
        Assert.NotEmpty((await scene.Client.GetObjectMetadataAsync(bucket, "artifacts/slipway-probe")).ETag);
    }

    [Fact]
    public async Task An_agent_notices_an_object_that_was_changed_in_the_bucket_and_goes_on_after_a_cut()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        await server.PublishAsync();
        var file = Uploaded.Random(300_000);
        var digest = await server.Http.UploadAsync(file);
        await server.StoreAsync(new VersionRow { Service = FleetSetup.Target.Service, Version = VersionName.Parse("3"), Artifact = digest, DefinitionRevision = 1 });
        await using var agent = await FakeAgent.JoinAsync(server, "own", "production", "checkout");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        scene.S3.IsWell();

        Assert.Equal(file[..100_000], await DownloadAsync(http, server, agent, digest, 0, 99_999));
        Assert.Equal(file[100_000..], await DownloadAsync(http, server, agent, digest, 100_000, null));
        Assert.Equal(["", ""], scene.S3.LinkAuthorizations);

        file[5] ^= 1;
        await scene.Client.PutObjectAsync(new() { BucketName = bucket, Key = $"artifacts/{digest}", InputStream = new MemoryStream(file) });
        Assert.NotEqual(digest.Value, Convert.ToHexStringLower(SHA256.HashData(await DownloadAsync(http, server, agent, digest, 0, null))));
    }

    private static string[] Partials(TestServer server) => Directory.GetFiles(Path.Combine(server.DataDirectory, "artifacts"), "*.partial");

    private static async Task<(long Offset, bool Complete)> StartedAsync(TestServer server, byte[] file)
    {
        var upload = await server.Http.StartAsync(file);
        return (upload.Offset, upload.Complete);
    }

    /// <summary>As an agent does it: the signature goes to the server, nothing of it to whom the server sends to.</summary>
    private static async Task<byte[]> DownloadAsync(HttpClient http, TestServer server, FakeAgent agent, ArtifactDigest digest, long from, long? to)
    {
        var path = AgentPaths.Artifact(digest.Value);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", agent.Sign("GET", path));
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        using var onward = new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location) { Headers = { Range = new(from, to) } };
        using var content = await http.SendAsync(onward);
        Assert.Equal(HttpStatusCode.PartialContent, content.StatusCode);
        return await content.Content.ReadAsByteArrayAsync();
    }

    private async Task<string> TroubleAsync(S3Watch watch, string method)
    {
        scene.S3.Refuses(request => request.Method == method, 403, "AccessDenied");
        await watch.LookAsync(default);
        return watch.Trouble ?? "";
    }
}
