using Amazon.SQS;
using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Contracts.Ids;
using Slipway.Server.Aws;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Leaving;

/// <summary>
/// Removes what an agent made in AWS when its instance is deleted, as far as the server may. What stays costs nothing but clutter, so trouble is told
/// and not repeated.
/// </summary>
internal sealed partial class QueueRemoval(AwsSettings settings, Lazy<AwsAccess> access, Lazy<SnsClient> sns, ILogger<QueueRemoval> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task RemoveAsync(LiveInstance instance)
    {
        if (!settings.HasTransport || instance.Facts.Queue is not { } queue)
            return;

        try
        {
            using var patience = new CancellationTokenSource(Patience);
            if (queue.SubscriptionArn is { Length: > 0 } subscription)
                await sns.Value.UnsubscribeAsync(subscription, patience.Token);
            if (queue.IsOwn)
                await DeleteAsync(queue.QueueUrl, patience.Token);
        }
        catch (Exception e) when (AwsException.Of(e) is { IsMissing: true })
        {
            // Somebody was faster.
        }
        catch (Exception e) when (AwsException.Of(e) is not null || e is OperationCanceledException)
        {
            LogStays(instance.Name, queue.QueueUrl, queue.SubscriptionArn, e.Message);
        }
    }

    private async Task DeleteAsync(string queueUrl, CancellationToken cancellation)
    {
        var aws = access.Value;
        using var sqs = new AmazonSQSClient(aws.Credentials, aws.Configure(new AmazonSQSConfig { MaxErrorRetry = 1 }, "sqs"));
        await sqs.DeleteQueueAsync(queueUrl, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Instance} is deleted, but its queue {Queue} and its subscription {Subscription} could not be removed: {Reason} Remove them by hand.")]
    private partial void LogStays(InstanceName instance, string queue, string subscription, string reason);
}
