using System.Diagnostics.CodeAnalysis;
using Amazon.S3;
using Amazon.S3.Model;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Versions.S3;

/// <summary>
/// Brings one file from this disk to the bucket. Parts are read as they are sent, so memory does not grow with the file. S3 compares each request with a
/// sha256 that travels with it; a file that goes in one request is compared with its own.
/// </summary>
internal sealed class S3Transfer(S3Bucket bucket, ArtifactDigest digest, string path)
{
    private const string ContentType = "application/octet-stream";
    private const long SmallestPart = 8 << 20;
    private const long Megabyte = 1 << 20;
    private const int MostParts = 10_000;
    private const int AtOnce = 4;

    public Task SendAsync()
    {
        var size = new FileInfo(path).Length;
        return size <= SmallestPart ? PutAsync() : SendPartsAsync(size);
    }

    /// <summary>8 MB, or what makes 10,000 parts of the file, which is as many as S3 takes.</summary>
    public static long PartSize(long size) => Math.Max(SmallestPart, ((size / MostParts / Megabyte) + 1) * Megabyte);

    private Task PutAsync() => bucket.TransferAsync(S3Permission.Put, s3 => s3.PutObjectAsync(new()
    {
        BucketName = bucket.Name,
        Key = bucket.Key(digest),
        FilePath = path,
        ContentType = ContentType,
        ChecksumSHA256 = Convert.ToBase64String(Convert.FromHexString(digest.Value)),
        Metadata = { ["sha256"] = digest.Value },
    }));

    private async Task SendPartsAsync(long size)
    {
        var begun = await bucket.TransferAsync(S3Permission.Put, s3 => s3.InitiateMultipartUploadAsync(new()
        {
            BucketName = bucket.Name,
            Key = bucket.Key(digest),
            ContentType = ContentType,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            Metadata = { ["sha256"] = digest.Value },
        }));
        try
        {
            var parts = await SendPartsAsync(begun.UploadId, size);
            await bucket.TransferAsync(S3Permission.Put, s3 => s3.CompleteMultipartUploadAsync(new()
            {
                BucketName = bucket.Name,
                Key = bucket.Key(digest),
                UploadId = begun.UploadId,
                PartETags = [.. parts],
            }));
        }
        catch
        {
            await AbortAsync(begun.UploadId);
            throw;
        }
    }

    private async Task<PartETag[]> SendPartsAsync(string upload, long size)
    {
        var partSize = PartSize(size);
        var parts = new PartETag[(size + partSize - 1) / partSize];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForAsync(0, parts.Length, options, async (index, cancellation) =>
        {
            var offset = index * partSize;
            var request = new UploadPartRequest
            {
                BucketName = bucket.Name,
                Key = bucket.Key(digest),
                UploadId = upload,
                PartNumber = index + 1,
                FilePath = path,
                FilePosition = offset,
                PartSize = Math.Min(partSize, size - offset),
                IsLastPart = index == parts.Length - 1,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            };
            var sent = await bucket.TransferAsync(S3Permission.Put, s3 => s3.UploadPartAsync(request, cancellation));
            parts[index] = new(index + 1, sent.ETag) { ChecksumSHA256 = sent.ChecksumSHA256 };
        });
        return parts;
    }

    [SuppressMessage("Design", "CA1031", Justification = "What could not be aborted now is swept later; why the transfer failed is what must be told.")]
    private async Task AbortAsync(string upload)
    {
        try
        {
            await bucket.AskAsync(
                S3Permission.Abort,
                (s3, cancellation) => s3.AbortMultipartUploadAsync(new() { BucketName = bucket.Name, Key = bucket.Key(digest), UploadId = upload }, cancellation),
                CancellationToken.None);
        }
        catch (RefusedException)
        {
        }
    }
}
