using System.Net;
using Microsoft.AspNetCore.Builder;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;
using Slipway.Server.Versions.S3;

namespace Slipway.Server.Tests.Versions.S3;

[Collection(nameof(S3Scene))]
public sealed class S3ArtifactsTests(S3Scene scene) : ArtifactStoreContract
{
    [Fact]
    public async Task A_download_is_sent_to_the_bucket_and_the_token_stays_here()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket, arguments: ["--Slipway:Aws:LinksValidFor", "5m"]);
        var file = Uploaded.Random(10_000);
        await server.Http.UploadAsync(file);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.AdminToken);

        using var answer = await client.GetAsync(Path(file));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var link = answer.Headers.Location!;
        Assert.Equal($"{scene.S3.Address}{bucket}/artifacts/{file.Digest()}", link.GetLeftPart(UriPartial.Path));
        // The SDK counts from its own clock, and rounds up over the end of a second.
        Assert.Matches("X-Amz-Expires=30[01]&", link.Query);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());

        scene.S3.IsWell();
        Assert.Equal(file, await server.Http.GetByteArrayAsync(Path(file)));
        Assert.Equal([""], scene.S3.LinkAuthorizations);
    }

    [Fact]
    public async Task The_object_has_its_own_name_and_says_its_sha256()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket, arguments: ["--Slipway:Aws:BucketPrefix", "of/slipway-"]);
        var file = Uploaded.Random(20 << 20);
        await server.Http.UploadAsync(file);

        var stored = await scene.Client.GetObjectMetadataAsync(bucket, "of/slipway-" + file.Digest());

        Assert.Equal((file.Length, file.Digest()), (stored.ContentLength, stored.Metadata["sha256"]));
        Assert.Equal(3, scene.S3.Requests.Count(request => request.Contains("partNumber=", StringComparison.Ordinal)));
        Assert.Equal(file, await server.Http.GetByteArrayAsync(Path(file)));
    }

    [Fact]
    public async Task An_agent_is_told_where_the_object_is_and_never_a_link()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        await server.PublishAsync();
        var digest = await server.Http.UploadAsync(Uploaded.Random(100));
        await server.StoreAsync(new VersionRow { Service = FleetSetup.Target.Service, Version = VersionName.Parse("3"), Artifact = digest, DefinitionRevision = 1 });

        var release = await server.Get<ReleaseFactory>().FindAsync(FleetSetup.Target, new Release(VersionName.Parse("3"), 0), default);

        Assert.Equal([$"s3://{bucket}/artifacts/{digest}?region={S3Scene.Region}"], release!.Artifact.Urls);
    }

    [Fact]
    public async Task A_prefix_of_another_server_is_not_swept()
    {
        var bucket = await scene.BucketAsync();
        await using var first = await scene.ServerAsync(bucket);
        await first.Get<S3Watch>().LookAsync(default);
        var file = await first.Http.UploadAsync(Uploaded.Random(100));
        await using var second = await scene.ServerAsync(bucket, arguments: ["--Slipway:KeepUnusedArtifacts", "0s"]);

        await second.Get<S3Watch>().LookAsync(default);
        await second.Get<ArtifactSweep>().SweepAsync(default);

        Assert.Contains("another Slipway server", second.Get<S3Watch>().Trouble, StringComparison.Ordinal);
        Assert.Null(first.Get<S3Watch>().Trouble);
        await scene.Client.GetObjectMetadataAsync(bucket, $"artifacts/{file}");
    }

    [Fact]
    public async Task A_part_is_large_enough_for_ten_thousand_of_them()
    {
        await Task.CompletedTask;
        foreach (var size in (long[])[1, 8 << 20, 80_000L << 20, 500L << 30, 5L << 40])
            Assert.True(S3Transfer.PartSize(size) * 10_000 >= size && S3Transfer.PartSize(size) % (1 << 20) == 0, $"{size}");
    }

    private protected override async Task<TestServer> StartAsync(Action<WebApplicationBuilder>? adjust = null) => await scene.ServerAsync(await scene.BucketAsync(), adjust);

    private protected override Task MayBeSweptAsync(TestServer server) => server.Get<S3Watch>().LookAsync(default);
}
