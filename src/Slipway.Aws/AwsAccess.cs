using System.Diagnostics.CodeAnalysis;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;

namespace Slipway.Aws;

/// <summary>
/// How this process reaches AWS: the region, and credentials from the ordinary chain (environment, shared profile, web identity, container, instance
/// metadata), asked for again whenever they are needed, because those of a role expire.
/// </summary>
public sealed class AwsAccess
{
    private readonly Lock gate = new();
    private readonly RegionEndpoint region;
    private readonly Uri? endpoint;
    private AWSCredentials? credentials;

    private AwsAccess(RegionEndpoint region, AWSCredentials? credentials, Uri? endpoint) => (this.region, this.credentials, this.endpoint) = (region, credentials, endpoint);

    /// <summary>For example <c>eu-central-1</c>.</summary>
    public string Region => region.SystemName;

    internal RegionEndpoint RegionEndpoint => region;

    /// <param name="region">Null: from AWS_REGION, the profile, or the instance's metadata.</param>
    /// <param name="credentials">For tests; null: from the chain.</param>
    /// <param name="endpoint">For tests, where every service is; null: as the environment says.</param>
    /// <exception cref="AwsException">No region is said anywhere.</exception>
    public static AwsAccess Open(string? region, AWSCredentials? credentials = null, Uri? endpoint = null)
    {
        var found = region is { Length: > 0 } ? RegionEndpoint.GetBySystemName(region) : FallbackRegionFactory.GetRegionEndpoint();
        return found is null
            ? throw new AwsException("NoRegion", "No AWS region is set. Say it with AWS_REGION or in the profile.")
            : new(found, credentials, endpoint);
    }

    /// <summary>The chain's credentials, found once and renewed by themselves.</summary>
    /// <exception cref="AwsException">There are none.</exception>
    public AWSCredentials Credentials
    {
        get
        {
            lock (gate)
                return credentials ??= Find();
        }
    }

    /// <exception cref="AwsException">There are none, or they could not be renewed.</exception>
    public async Task<ImmutableCredentials> CredentialsNowAsync(CancellationToken cancellation = default)
    {
        try
        {
            // Looking for them may ask the network, and the SDK does that without a token.
            return await Task.Run(() => Credentials.GetCredentialsAsync(), cancellation).WaitAsync(cancellation);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw NoCredentials(e);
        }
    }

    /// <summary>
    /// Where a service is: what AWS_ENDPOINT_URL_SERVICE or AWS_ENDPOINT_URL say (an emulator, a VPC endpoint), else its public address in the region.
    /// </summary>
    public Uri Endpoint(string service) =>
        Given(service) ?? new($"https://{service}.{region.SystemName}.{region.PartitionDnsSuffix}");

    /// <summary>True where something other than AWS itself is spoken to.</summary>
    public static bool IsRedirected(string service) => Said(service) is not null;

    /// <summary>The same place and the same answers for the SDK's own clients.</summary>
    public T Configure<T>(T config, string service)
        where T : ClientConfig
    {
        config.RegionEndpoint = region;
        if (Given(service) is not null)
        {
            config.ServiceURL = Endpoint(service).ToString();
            config.AuthenticationRegion = region.SystemName;
        }

        return config;
    }

    // The chain makes these two by their names, for web identities and roles; a native program has only what is asked for. (What the SDK has for native programs,
    // RegisterSecurityTokenServiceClient, is not told whose credentials to take, and so can not do roles of profiles.)
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    private static AWSCredentials Find()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw NoCredentials(e);
        }
    }

    private static AwsException NoCredentials(Exception inner) => new(
        "NoCredentials",
        $"No AWS credentials were found ({string.Join(' ', inner.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}). They come from the environment, a profile, a web identity, or the role of the instance or container.",
        inner: inner);

    private Uri? Given(string service) => endpoint ?? (Said(service) is { } said ? new(said) : null);

    private static string? Said(string service) => Setting($"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}") ?? Setting("AWS_ENDPOINT_URL");

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
