using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Aws;

namespace Slipway.Server.Versions.S3;

/// <summary>
/// Artifacts in a bucket, each under its sha256. An object is as old as its last upload; where it was asked for later, a small object beside it says when.
/// </summary>
internal sealed partial class S3Artifacts(
    S3Bucket bucket, S3Owner owner, Arriving arriving, AwsSettings settings, TimeProvider clock, ILogger<S3Artifacts> log) : IArtifactStore, IDisposable
{
    /// <summary>Uses that lie closer together are one: each costs a request, and artifacts are kept for much longer.</summary>
    private static readonly TimeSpan OneUse = TimeSpan.FromHours(1);

    /// <summary>No transfer takes so long.</summary>
    private static readonly TimeSpan BrokenAfter = TimeSpan.FromDays(1);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<ArtifactDigest, DateTimeOffset> used = new();

    public SemaphoreSlim Use { get; } = new(1, 1);

    public async ValueTask<long?> SizeOfAsync(ArtifactDigest digest, CancellationToken cancellation) => (await FindAsync(digest, cancellation))?.ContentLength;

    public async ValueTask<ArtifactBeginning?> BeginningOfAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var range = new ByteRange(0, ArtifactFormats.BytesNeeded - 1);
        return await bucket.FindAsync(S3Permission.Get, ReadAsync, cancellation);

        async Task<ArtifactBeginning> ReadAsync(IAmazonS3 s3, CancellationToken limit)
        {
            using var answer = await s3.GetObjectAsync(new() { BucketName = bucket.Name, Key = bucket.Key(digest), ByteRange = range }, limit);
            var bytes = new byte[ArtifactFormats.BytesNeeded];
            var read = await answer.ResponseStream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, limit);
            return new(bytes.AsMemory(0, read), SizeFrom(answer.ContentRange) ?? read);
        }
    }

    public async ValueTask<IResult?> ContentAsync(ArtifactDigest digest, CancellationToken cancellation) =>
        await FindAsync(digest, cancellation) is null ? null : new LinkResult(await LinkAsync(digest, cancellation));

    public string? Address(ArtifactDigest digest) => $"s3://{bucket.Name}/{bucket.Key(digest)}?region={bucket.Region}";

    public async ValueTask TouchAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (used.TryGetValue(digest, out var last) && now - last < OneUse)
            return;

        await bucket.AskAsync(
            S3Permission.Put,
            (s3, limit) => s3.PutObjectAsync(new() { BucketName = bucket.Name, Key = bucket.UseKey(digest), ContentBody = now.ToString("O", CultureInfo.InvariantCulture) }, limit),
            cancellation);
        Remember(digest, now);
    }

    public async Task AdoptAsync(ArtifactDigest digest)
    {
        var path = arriving.Path(digest);
        try
        {
            // The server may have died, or S3's answer been lost, after it was there.
            if (await SizeOfAsync(digest, CancellationToken.None) != new FileInfo(path).Length)
                await new S3Transfer(bucket, digest, path).SendAsync();
        }
        catch (RefusedException e)
        {
            LogNotStored(digest, e.Message);
            throw;
        }

        Remember(digest, clock.GetUtcNow());
    }

    public async ValueTask DeleteAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        used.TryRemove(digest, out _);
        foreach (var key in (string[])[bucket.Key(digest), bucket.UseKey(digest)])
            await bucket.AskAsync(S3Permission.Delete, (s3, limit) => s3.DeleteObjectAsync(bucket.Name, key, limit), cancellation);
    }

    public async ValueTask<DateTimeOffset?> LastUsedAsync(ArtifactDigest digest, CancellationToken cancellation)
    {
        if (await FindAsync(digest, cancellation) is not { } known)
            return null;

        var stored = Time(known.LastModified);
        var remembered = used.TryGetValue(digest, out var time) ? time : await bucket.FindAsync(S3Permission.Get, ReadUseAsync, cancellation) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out time) ? time : stored;
        return remembered > stored ? remembered : stored;

        async Task<string> ReadUseAsync(IAmazonS3 s3, CancellationToken limit)
        {
            using var answer = await s3.GetObjectAsync(bucket.Name, bucket.UseKey(digest), limit);
            using var reader = new StreamReader(answer.ResponseStream);
            return await reader.ReadToEndAsync(limit);
        }
    }

    public async IAsyncEnumerable<(ArtifactDigest Digest, DateTimeOffset LastUsed)> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Of what another server keeps there this one knows no versions: it would remove everything.
        if (!await owner.IsThisServerAsync(cancellation))
            yield break;

        var request = new ListObjectsV2Request { BucketName = bucket.Name, Prefix = bucket.Prefix, Delimiter = "/" };
        do
        {
            var page = await bucket.AskAsync(S3Permission.List, (s3, limit) => s3.ListObjectsV2Async(request, limit), cancellation);
            foreach (var item in page.S3Objects ?? [])
            {
                if (ArtifactDigest.TryParse(item.Key[bucket.Prefix.Length..], out var digest))
                    yield return (digest, Time(item.LastModified));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public async Task TidyAsync(CancellationToken cancellation)
    {
        if (!await owner.IsThisServerAsync(cancellation))
            return;

        var oldest = clock.GetUtcNow() - BrokenAfter;
        var request = new ListMultipartUploadsRequest { BucketName = bucket.Name, Prefix = bucket.Prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await bucket.AskAsync(S3Permission.ListUploads, (s3, limit) => s3.ListMultipartUploadsAsync(request, limit), cancellation);
            foreach (var upload in (page.MultipartUploads ?? []).Where(upload => Time(upload.Initiated) < oldest))
                await AbortAsync(upload, cancellation);

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
    }

    public void Dispose() => Use.Dispose();

    private async Task AbortAsync(MultipartUpload upload, CancellationToken cancellation)
    {
        await bucket.FindAsync(
            S3Permission.Abort,
            (s3, limit) => s3.AbortMultipartUploadAsync(new() { BucketName = bucket.Name, Key = upload.Key, UploadId = upload.UploadId }, limit),
            cancellation);
        LogAborted(upload.Key, Time(upload.Initiated));
    }

    private Task<GetObjectMetadataResponse?> FindAsync(ArtifactDigest digest, CancellationToken cancellation) =>
        bucket.FindAsync(S3Permission.Get, (s3, limit) => s3.GetObjectMetadataAsync(bucket.Name, bucket.Key(digest), limit), cancellation);

    private Task<string> LinkAsync(ArtifactDigest digest, CancellationToken cancellation) => bucket.AskAsync(
        S3Permission.Get,
        (s3, _) => s3.GetPreSignedURLAsync(new()
        {
            BucketName = bucket.Name,
            Key = bucket.Key(digest),
            Verb = HttpVerb.GET,
            Protocol = bucket.IsPlainHttp ? Protocol.HTTP : Protocol.HTTPS,
            Expires = clock.GetUtcNow().UtcDateTime + settings.LinksValidFor.Time,
        }),
        cancellation);

    private void Remember(ArtifactDigest digest, DateTimeOffset time)
    {
        if (used.Count >= MostRemembered)
            used.Clear();

        used[digest] = time;
    }

    private static DateTimeOffset Time(DateTime? time) => time is { } known ? new(known.ToUniversalTime()) : DateTimeOffset.MaxValue;

    private static long? SizeFrom(string? contentRange) =>
        contentRange is not null && long.TryParse(contentRange.AsSpan(contentRange.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Artifact {Sha256} is not stored and kept on this disk until its sender asks again. {Reason}")]
    private partial void LogNotStored(ArtifactDigest sha256, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "A transfer of {Key} that broke off, begun at {Begun}, is removed from the bucket")]
    private partial void LogAborted(string key, DateTimeOffset begun);
}
