using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Slipway.Aws;
using Slipway.Aws.Signing;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Gets artifacts straight from S3 with this agent's own credentials, so that a version can be fetched while the server cannot be reached. Where that
/// does not work, the server is asked, which sends to the same place.
/// </summary>
internal sealed partial class BucketReader(TimeProvider time, ILogger<BucketReader> log)
{
    private readonly ConcurrentDictionary<string, AwsRequests> byRegion = new();
    private string lastTrouble = "";

    /// <summary>Null: the artifact is not in S3, or S3 does not give it. The answer's body is not read yet.</summary>
    public async Task<HttpResponseMessage?> TryGetAsync(Artifact artifact, Action<HttpRequestMessage> configure, CancellationToken cancellation)
    {
        foreach (var url in artifact.Urls)
        {
            if (BucketPlace.TryParse(url, out var place))
                return await TryGetAsync(place, configure, cancellation);
        }

        return null;
    }

    /// <exception cref="AwsException">There are no credentials.</exception>
    public async Task<HttpResponseMessage> GetAsync(BucketPlace place, Action<HttpRequestMessage> configure, CancellationToken cancellation)
    {
        var requests = byRegion.GetOrAdd(place.Region, region => new(AwsAccess.Open(region), Elsewhere.Invoker, time));
        var address = place.Address(requests.Access.Endpoint("s3"), AwsAccess.IsRedirected("s3"));
        return await requests.SendAsync(() => Request(address, configure), RequestSigner.EmptyBody, "s3", place.Region, IsAboutClockAsync, cancellation);
    }

    private async Task<HttpResponseMessage?> TryGetAsync(BucketPlace place, Action<HttpRequestMessage> configure, CancellationToken cancellation)
    {
        string trouble;
        try
        {
            var response = await GetAsync(place, configure, cancellation);
            if (response.IsSuccessStatusCode)
                return response;

            using (response)
                trouble = $"S3 answers {(int)response.StatusCode} {response.ReasonPhrase}";
        }
        catch (Exception e) when (AwsException.Of(e) is not null)
        {
            trouble = e.Message;
        }

        if (trouble != lastTrouble)
            LogNotFromBucket(place.Bucket, trouble);

        lastTrouble = trouble;
        return null;
    }

    private static HttpRequestMessage Request(Uri address, Action<HttpRequestMessage> configure)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        configure(request);
        return request;
    }

    private static async Task<bool> IsAboutClockAsync(HttpResponseMessage response) =>
        (int)response.StatusCode == 403 && (await response.Content.ReadAsStringAsync()).Contains("RequestTimeTooSkewed", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Artifacts cannot be read from the bucket {Bucket} ({Reason}); asking the server for them. slipway-agent doctor says which permission is missing")]
    private partial void LogNotFromBucket(string bucket, string reason);
}
