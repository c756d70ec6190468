using Amazon.Runtime;
using Amazon.SQS.Model;
using Slipway.Agent.Identity;
using Slipway.Aws;

namespace Slipway.Agent.Queue;

/// <summary>
/// Makes sure that there is a queue, that the topic may send to it and that it is subscribed. Every call may be repeated; what is there already is
/// found, and what is different is put right.
/// </summary>
internal sealed class QueueSetup(AgentIdentity identity, AwsClients clients)
{
    /// <summary>How long a message that was taken and not confirmed stays away.</summary>
    public static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    /// <summary>How long one call waits for messages: the longest there is.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Retention = TimeSpan.FromDays(4);

    public async Task<OpenQueue> EnsureAsync(QueuePlace place, IEnumerable<string> services, CancellationToken cancellation)
    {
        var (url, arn, isOwn) = identity.Queue is { } given ? await FindAsync(given, cancellation) : await MakeAsync(place, cancellation);
        var filter = QueuePolicies.Filter(place.Number, services);
        var (subscription, isFiltered) = await SubscribeAsync(place, arn, filter, cancellation);
        return new(url, subscription, isOwn, isFiltered ? filter : "");
    }

    /// <summary>Only the queue. Returns its URL.</summary>
    public async Task<string> MakeQueueAsync(QueuePlace place, CancellationToken cancellation) => (await MakeAsync(place, cancellation)).Url;

    /// <summary>The same queue with what should come now.</summary>
    public async Task<OpenQueue> FilterAsync(OpenQueue queue, string filter, CancellationToken cancellation)
    {
        await clients.Sns.SetSubscriptionAttributeAsync(queue.SubscriptionArn, "FilterPolicy", filter, cancellation);
        return queue with { Filter = filter };
    }

    /// <summary>Of this agent nothing stays behind. What is gone already is no trouble.</summary>
    public async Task RemoveAsync(QueuePlace place, CancellationToken cancellation)
    {
        if (place.SubscriptionArn is { Length: > 0 } subscription)
            await clients.Sns.UnsubscribeAsync(subscription, cancellation);
        if (!place.IsOwn || place.QueueUrl is "")
            return;

        try
        {
            await clients.Sqs.DeleteQueueAsync(place.QueueUrl, cancellation);
        }
        catch (AmazonServiceException e) when (AwsException.Of(e) is { IsMissing: true })
        {
            // Somebody was faster.
        }
    }

    private async Task<(string Url, string Arn, bool IsOwn)> FindAsync(string url, CancellationToken cancellation)
    {
        var answer = await clients.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["QueueArn"] }, cancellation);
        return (url, answer.QueueARN, false);
    }

    private async Task<(string Url, string Arn, bool IsOwn)> MakeAsync(QueuePlace place, CancellationToken cancellation)
    {
        var name = QueueNames.Of(place.QueuePrefix, identity);
        var arn = QueueNames.ArnOf(place.TopicArn, name);
        var attributes = Attributes(place, arn);
        try
        {
            var made = await clients.Sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes, Tags = Tags() }, cancellation);
            return (made.QueueUrl, arn, true);
        }
        catch (AmazonServiceException e) when (e.ErrorCode?.Contains("QueueNameExists", StringComparison.Ordinal) == true || e.ErrorCode?.Contains("QueueAlreadyExists", StringComparison.Ordinal) == true)
        {
            // Of an earlier version, another topic, or another setting of the server.
            var found = await clients.Sqs.GetQueueUrlAsync(name, cancellation);
            await clients.Sqs.SetQueueAttributesAsync(new SetQueueAttributesRequest { QueueUrl = found.QueueUrl, Attributes = attributes }, cancellation);
            return (found.QueueUrl, arn, true);
        }
    }

    private static Dictionary<string, string> Attributes(QueuePlace place, string arn)
    {
        var attributes = new Dictionary<string, string>
        {
            ["Policy"] = QueuePolicies.Access(arn, place.TopicArn),
            ["MessageRetentionPeriod"] = Seconds(Retention),
            ["VisibilityTimeout"] = Seconds(Visibility),
            ["ReceiveMessageWaitTimeSeconds"] = Seconds(LongPoll),
        };
        if (place.DeadLetterQueueArn is { Length: > 0 } dead)
            attributes["RedrivePolicy"] = QueuePolicies.Redrive(dead);

        return attributes;
    }

    private Dictionary<string, string> Tags() => new()
    {
        ["slipway:environment"] = identity.Environment.Value,
        ["slipway:instance"] = identity.Instance.Value,
    };

    private async Task<(string Arn, bool IsFiltered)> SubscribeAsync(QueuePlace place, string queueArn, string filter, CancellationToken cancellation)
    {
        try
        {
            var attributes = new Dictionary<string, string> { ["RawMessageDelivery"] = "true", ["FilterPolicy"] = filter };
            return (await clients.Sns.SubscribeAsync(place.TopicArn, queueArn, attributes, cancellation), true);
        }
        catch (AwsException e) when (IsLimit(e))
        {
            // 200 filter policies per topic unless the account was given more: what is not filtered there is passed over here.
            var attributes = new Dictionary<string, string> { ["RawMessageDelivery"] = "true" };
            return (await clients.Sns.SubscribeAsync(place.TopicArn, queueArn, attributes, cancellation), false);
        }
        catch (AwsException e) when (e.Code is "InvalidParameter" && e.Message.Contains("already exists", StringComparison.OrdinalIgnoreCase))
        {
            return (await CorrectAsync(place, queueArn, filter, cancellation), true);
        }
    }

    /// <summary>The subscription is there, for what this agent or one before it ran then. AWS does not say which one it is.</summary>
    private async Task<string> CorrectAsync(QueuePlace place, string queueArn, string filter, CancellationToken cancellation)
    {
        var subscription = place.SubscriptionArn is { Length: > 0 } known && known.StartsWith(place.TopicArn + ":", StringComparison.Ordinal)
            ? known
            : await clients.Sns.FindSubscriptionAsync(place.TopicArn, queueArn, cancellation) ?? throw new AwsException("NotFound", "The queue's subscription could not be found.");
        await clients.Sns.SetSubscriptionAttributeAsync(subscription, "RawMessageDelivery", "true", cancellation);
        await clients.Sns.SetSubscriptionAttributeAsync(subscription, "FilterPolicy", filter, cancellation);
        return subscription;
    }

    private static bool IsLimit(AwsException e) => e.Code.Contains("FilterPolicyLimitExceeded", StringComparison.Ordinal);

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
