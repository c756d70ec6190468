using Amazon.SQS;
using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Aws.Signing;

namespace Slipway.Agent.Queue;

/// <summary>What an agent asks AWS through, in one region.</summary>
internal sealed class AwsClients : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 4, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) });

    public AwsClients(string region, TimeProvider time)
    {
        Access = AwsAccess.Open(region);
        Requests = new(Access, http, time);
        Sns = new(Requests);

        // Retries are the listener's: it knows what waits.
        Sqs = new AmazonSQSClient(Access.Credentials, Access.Configure(new AmazonSQSConfig { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(35) }, "sqs"));
    }

    public AwsAccess Access { get; }

    public AwsRequests Requests { get; }

    public SnsClient Sns { get; }

    public IAmazonSQS Sqs { get; }

    public void Dispose()
    {
        Sqs.Dispose();
        http.Dispose();
    }
}
