using Amazon;
using Amazon.S3;
using Slipway.Aws;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Aws;

namespace Slipway.Server.Versions.S3;

/// <summary>The bucket: its keys, its client, and what its refusals mean.</summary>
internal sealed class S3Bucket(AwsSettings settings, AwsAccess access) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    /// <summary>Credentials that are not there yet may be there later, so a failure is not kept.</summary>
    private readonly Lazy<AmazonS3Client> client = new(() => Connect(access), LazyThreadSafetyMode.PublicationOnly);

    public string Name { get; } = settings.Bucket ?? throw new InvalidOperationException("There is no bucket in the settings.");

    public string Prefix => settings.BucketPrefix;

    public string Region => access.Region;

    /// <summary>What the server's trial writes and agents read to see whether they may.</summary>
    public string ProbeKey => Prefix + "slipway-probe";

    /// <summary>An emulator on this machine.</summary>
    public bool IsPlainHttp => access.Endpoint("s3").Scheme == "http";

    public string Key(ArtifactDigest digest) => Prefix + digest.Value;

    /// <summary>Holds when an artifact was last asked for, where that is later than its upload.</summary>
    public string UseKey(ArtifactDigest digest) => $"{Prefix}used/{digest.Value}";

    /// <summary>One short question.</summary>
    /// <param name="permission">What the credentials must allow for it, for whoever has to give it.</param>
    public async Task<T> AskAsync<T>(S3Permission permission, Func<IAmazonS3, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await TransferAsync(permission, s3 => ask(s3, limit.Token));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Refused(permission, new AwsException("Unreachable", $"There was no answer for {Patience.TotalSeconds:0} seconds.", inner: e));
        }
    }

    /// <summary>The same, and null where it is not there.</summary>
    public async Task<T?> FindAsync<T>(S3Permission permission, Func<IAmazonS3, CancellationToken, Task<T>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await AskAsync(permission, ask, cancellation);
        }
        catch (RefusedException e) when (e.InnerException is AwsException { IsMissing: true, Code: not "NoSuchBucket" } or AwsException { Code: "NoSuchUpload" })
        {
            return null;
        }
    }

    /// <summary>Something that may take long.</summary>
    public async Task<T> TransferAsync<T>(S3Permission permission, Func<IAmazonS3, Task<T>> transfer)
    {
        try
        {
            return await transfer(client.Value);
        }
        catch (Exception e) when (e is not RefusedException && AwsException.Of(e) is { } fault)
        {
            throw Refused(permission, fault);
        }
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }

    private static AmazonS3Client Connect(AwsAccess access) =>
        new(access.Credentials, access.Configure(new AmazonS3Config { ForcePathStyle = AwsAccess.IsRedirected("s3") }, "s3"));

    private RefusedException Refused(S3Permission permission, AwsException fault) =>
        new(UploadRefusals.StorageUnavailable(S3Troubles.Explain(fault, this, permission)), fault);

    /// <summary>As it stands in a policy.</summary>
    public string Arn(S3Permission permission)
    {
        var bucket = $"arn:{RegionEndpoint.GetBySystemName(Region).PartitionName}:s3:::{Name}";
        return permission.IsOfBucket ? bucket : $"{bucket}/{Prefix}*";
    }
}
