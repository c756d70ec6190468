using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Aws.Signing;

namespace Slipway.Bench.Agents;

/// <summary>AWS, or the emulator that AWS_ENDPOINT_URL names, for all simulated agents; and what it costs without Slipway.</summary>
internal sealed class AwsPlace : IDisposable
{
    private readonly AwsAccess access = AwsAccess.Open(null);
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler());

    public AwsPlace()
    {
        Sqs = new AmazonSQSClient(access.Credentials, access.Configure(new AmazonSQSConfig { MaxConnectionsPerServer = 5000, Timeout = TimeSpan.FromSeconds(40) }, "sqs"));
        Sns = new(new AwsRequests(access, http, TimeProvider.System));
    }

    public IAmazonSQS Sqs { get; }

    public SnsClient Sns { get; }

    /// <summary>One message published, until one long poll has it: milliseconds, each time.</summary>
    public async Task<IReadOnlyList<double>> FloorAsync(int times)
    {
        var topic = await Sns.CreateTopicAsync("bench-floor", CancellationToken.None);
        var queue = (await Sqs.CreateQueueAsync("bench-floor")).QueueUrl;
        var arn = (await Sqs.GetQueueAttributesAsync(queue, ["QueueArn"])).QueueARN;
        await Sns.SubscribeAsync(topic, arn, new Dictionary<string, string> { ["RawMessageDelivery"] = "true" }, CancellationToken.None);
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var receiving = Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 });
            var begun = Stopwatch.GetTimestamp();
            await Sns.PublishAsync(topic, [new TopicMessage("nothing", [])], CancellationToken.None);
            var message = (await receiving).Messages[0];
            taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            await Sqs.DeleteMessageAsync(queue, message.ReceiptHandle);
        }

        return taken;
    }

    public void Dispose()
    {
        Sqs.Dispose();
        http.Dispose();
    }
}
