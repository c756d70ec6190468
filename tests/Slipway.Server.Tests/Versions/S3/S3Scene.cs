using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Aws;
using Slipway.Emulator;
using Slipway.Server.Tests.Versions.S3;

[assembly: AssemblyFixture(typeof(S3Scene))]

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>The emulator and what stands before it, for all tests that need S3; they take turns, because they break it.</summary>
public sealed class S3Scene : IAsyncLifetime
{
    internal const string Region = "eu-central-1";
    private static readonly BasicAWSCredentials Credentials = new("test", "test");
    private readonly SemaphoreSlim start = new(1, 1);
    private AwsEmulator? emulator;
    private FaultyS3? s3;

    internal FaultyS3 S3 => s3 ?? throw new InvalidOperationException("Nobody has begun.");

    /// <summary>For a look behind the server's back.</summary>
    internal AmazonS3Client Client { get; private set; } = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A server with a bucket of its own.</summary>
    internal async Task<TestServer> ServerAsync(string bucket, Action<WebApplicationBuilder>? adjust = null, params string[] arguments)
    {
        await BeginAsync();
        return await StartServerAsync(bucket, adjust, arguments);
    }

    /// <summary>A server whose bucket is there or not.</summary>
    internal static Task<TestServer> StartServerAsync(string bucket, Action<WebApplicationBuilder>? adjust, params string[] arguments) => TestServer.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(AwsAccess.Open(Region, Credentials));
            adjust?.Invoke(builder);
        },
        ["--Slipway:Aws:Bucket", bucket, .. arguments]);

    internal async Task<string> BucketAsync()
    {
        await BeginAsync();
        var bucket = $"b-{Guid.NewGuid():N}";
        await Client.PutBucketAsync(bucket);
        return bucket;
    }

    internal static AmazonS3Client ClientOf(Uri address) =>
        new(Credentials, new AmazonS3Config { ServiceURL = address.ToString(), ForcePathStyle = true, AuthenticationRegion = Region });

    public async ValueTask DisposeAsync()
    {
        if (s3 is not null)
            await s3.DisposeAsync();

        if (emulator is not null)
            await emulator.DisposeAsync();

        Client?.Dispose();
        start.Dispose();
    }

    private async Task BeginAsync()
    {
        await start.WaitAsync();
        try
        {
            emulator ??= await AwsEmulator.StartAsync();
            s3 ??= await FaultyS3.StartAsync(emulator.Url);
            s3.IsWell();
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", s3.Address.ToString());
            Client ??= ClientOf(emulator.Url);
        }
        finally
        {
            start.Release();
        }
    }
}

/// <summary>One after the other: they share what they break.</summary>
[CollectionDefinition(nameof(S3Scene))]
public sealed class S3Collection;
