namespace Slipway.Server.Versions.S3;

/// <summary>What the server's credentials must allow; docs/operations/server.md has the same list as a policy.</summary>
/// <param name="IsOfBucket">It is given on the bucket, the others on what lies below the prefix.</param>
internal sealed record S3Permission(string Action, bool IsOfBucket = false)
{
    public static readonly S3Permission Get = new("s3:GetObject");

    public static readonly S3Permission Put = new("s3:PutObject");

    public static readonly S3Permission Delete = new("s3:DeleteObject");

    public static readonly S3Permission Abort = new("s3:AbortMultipartUpload");

    public static readonly S3Permission List = new("s3:ListBucket", IsOfBucket: true);

    public static readonly S3Permission ListUploads = new("s3:ListBucketMultipartUploads", IsOfBucket: true);
}
