using Amazon.S3;
using Microsoft.AspNetCore.Http;
using Slipway.Server.Versions;
using Slipway.Server.Versions.S3;

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>Transfers that broke off leave parts in a bucket, which nobody sees and everybody pays.</summary>
[Collection(nameof(S3Scene))]
public sealed class S3TransfersTests(S3Scene scene)
{
    [Fact]
    public async Task Those_that_broke_off_are_removed_below_the_prefix()
    {
        await using var moto = await Moto.StartAsync();
        Assert.SkipWhen(moto is null, "Needs moto_server.");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", moto.Address.ToString());
        using var client = S3Scene.ClientOf(moto.Address);
        await client.PutBucketAsync(new Amazon.S3.Model.PutBucketRequest { BucketName = "broken", BucketRegionName = S3Scene.Region });
        await using var server = await S3Scene.StartServerAsync("broken", adjust: null);
        await server.Get<S3Watch>().LookAsync(default);
        Assert.Null(server.Get<S3Watch>().Trouble);
        await server.Http.UploadAsync(Uploaded.Random(1_000));
        var file = Uploaded.Random(20 << 20);
        await server.Http.UploadAsync(file);
        Assert.Equal(file, await server.Http.GetByteArrayAsync($"/api/v1/artifacts/{file.Digest()}/content"));
        foreach (var key in (string[])["artifacts/ours", "artifacts/too", "theirs"])
            await client.InitiateMultipartUploadAsync("broken", key);

        // It says of all that they began in 2010.
        await server.Get<ArtifactSweep>().SweepAsync(default);
        Assert.Equal(["theirs"], await UploadsAsync(client));
    }

    [Fact]
    public async Task One_that_began_less_than_a_day_ago_is_left_alone()
    {
        var bucket = await scene.BucketAsync();
        await using var server = await scene.ServerAsync(bucket);
        await server.Get<S3Watch>().LookAsync(default);
        var aborted = new List<string>();
        scene.S3.Fault = async context =>
        {
            if (context.Request.Query.TryGetValue("uploadId", out var upload))
                aborted.Add(upload!);
            else if (!context.Request.Query.ContainsKey("uploads"))
                return false;
            else
                await context.Response.WriteAsync($"<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>{Upload("old", 25)}{Upload("young", 23)}</ListMultipartUploadsResult>");

            return true;
        };

        await server.Get<ArtifactSweep>().SweepAsync(default);

        Assert.Equal(["old"], aborted);
    }

    private static string Upload(string id, int hours) =>
        $"<Upload><Key>artifacts/{id}</Key><UploadId>{id}</UploadId><Initiated>{DateTime.UtcNow.AddHours(-hours):yyyy-MM-ddTHH:mm:ss.fffZ}</Initiated></Upload>";

    private static async Task<string[]> UploadsAsync(AmazonS3Client client) =>
        [.. ((await client.ListMultipartUploadsAsync("broken")).MultipartUploads ?? []).Select(upload => upload.Key)];
}
