using System.Net.Mime;
using Amazon.S3;
using Slipway.Server.Access;

namespace Slipway.Server.Versions.S3;

/// <summary>Whose the prefix is: the probe in it has the id of the server that wrote it first.</summary>
internal sealed class S3Owner(S3Bucket bucket, Installation installation)
{
    /// <summary>False also while nobody has written it yet.</summary>
    public async Task<bool> IsThisServerAsync(CancellationToken cancellation) => await FindAsync(cancellation) == installation.ServerId;

    /// <summary>The id of the server. Null: nobody yet.</summary>
    public Task<string?> FindAsync(CancellationToken cancellation) => bucket.FindAsync(S3Permission.Get, ReadAsync, cancellation);

    public Task WriteAsync(CancellationToken cancellation) => bucket.AskAsync(
        S3Permission.Put,
        (s3, limit) => s3.PutObjectAsync(new() { BucketName = bucket.Name, Key = bucket.ProbeKey, ContentBody = installation.ServerId, ContentType = MediaTypeNames.Text.Plain }, limit),
        cancellation);

    private async Task<string> ReadAsync(IAmazonS3 s3, CancellationToken limit)
    {
        using var answer = await s3.GetObjectAsync(bucket.Name, bucket.ProbeKey, limit);
        using var reader = new StreamReader(answer.ResponseStream);
        return (await reader.ReadToEndAsync(limit)).Trim();
    }
}
