using System.Net;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Agent.Queue;
using Slipway.Aws;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Doctor;

/// <summary>Whether AWS lets this agent do what the AWS transport needs, permission by permission.</summary>
/// <param name="services">Those the running agent filters for: what is subscribed must stay as it is.</param>
internal sealed class QueueExamination(AgentIdentity identity, QueuePlace place, IReadOnlyCollection<string> services, AgentCheck? seen, AwsClients clients)
{
    private static readonly string[] MessageWords = ["ReceiptHandle", "InvalidParameter", "MessageNotInflight"];
    private OpenQueue? queue;

    public string QueueName => identity.Queue is { } given ? given[(given.LastIndexOf('/') + 1)..] : QueueNames.Of(place.QueuePrefix, identity);

    public OpenQueue? Queue => queue;

    private string QueueArn => QueueNames.ArnOf(place.TopicArn, QueueName);

    public async IAsyncEnumerable<Finding> ExamineAsync()
    {
        var credentials = await CredentialsAsync();
        yield return credentials;
        if (!credentials.IsWell)
            yield break;

        foreach (var look in (Func<Task<Finding>>[])[FindAsync, SetAsync, SubscribeAsync, FilterAsync, ReceiveAsync, DeleteAsync, ChangeVisibilityAsync, ReadBucketAsync])
            yield return await look();
    }

    private async Task<Finding> CredentialsAsync()
    {
        try
        {
            await clients.Access.CredentialsNowAsync();
            using var sts = new AmazonSecurityTokenServiceClient(clients.Access.Credentials, clients.Access.Configure(new AmazonSecurityTokenServiceConfig { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(10) }, "sts"));
            return Finding.Well("credentials", (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        }
        catch (Exception e) when (AwsException.Of(e) is { } refusal)
        {
            return refusal.Code == "NoCredentials" || refusal.IsDenied || refusal.IsClock
                ? Finding.Ill("credentials", refusal.Message, "Give the instance a role (IMDSv2), or set AWS_PROFILE, AWS_ACCESS_KEY_ID …, or a web identity for the user the agent runs as.")
                : Finding.Well("credentials", $"found; who they are is not known, because STS does not answer ({refusal.Message})");
        }
    }

    private Task<Finding> FindAsync() => Permissions.TryAsync("sqs:GetQueueAttributes", QueueArn, async () =>
    {
        var url = identity.Queue ?? place.QueueUrl;
        if (url is "")
            return "not needed yet: there is no queue";

        await clients.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["QueueArn"] });
        return $"the queue {QueueName} is there";
    }, refusal => refusal.IsMissing && identity.Queue is null);

    private Task<Finding> SetAsync() => identity.Queue is not null
        ? Task.FromResult(Finding.Well("sqs:CreateQueue", "not needed: the queue was given"))
        : Permissions.TryAsync("sqs:CreateQueue", QueueArn, async () => $"the queue {await new QueueSetup(identity, clients).MakeQueueAsync(place, CancellationToken.None)} is made or found");

    private Task<Finding> SubscribeAsync() => Permissions.TryAsync("sns:Subscribe", place.TopicArn, async () =>
    {
        queue = await new QueueSetup(identity, clients).EnsureAsync(place, services, CancellationToken.None);
        return queue.Filter is "" ? "subscribed, without a filter policy: this topic has no more of them" : "subscribed, filtered";
    });

    private Task<Finding> FilterAsync() => queue is not { Filter: not "" } open
        ? Task.FromResult(Finding.Well("sns:SetSubscriptionAttributes", "not tried: there is no filter"))
        : Permissions.TryAsync("sns:SetSubscriptionAttributes", $"{place.TopicArn}:*", async () =>
        {
            await clients.Sns.SetSubscriptionAttributeAsync(open.SubscriptionArn, "FilterPolicy", open.Filter, CancellationToken.None);
            return "the filter can follow the services";
        });

    private Task<Finding> ReceiveAsync() => OnQueueAsync("sqs:ReceiveMessage", async url =>
    {
        // Seen again at once by the agent that runs, if one does.
        var answer = await clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 1, WaitTimeSeconds = 0, VisibilityTimeout = 1 });
        return answer.Messages is { Count: > 0 } ? "messages wait in the queue" : "the queue is empty";
    });

    private Task<Finding> DeleteAsync() => OnQueueAsync("sqs:DeleteMessage", async url =>
    {
        await clients.Sqs.DeleteMessageAsync(url, "none");
        return "allowed";
    });

    private Task<Finding> ChangeVisibilityAsync() => OnQueueAsync("sqs:ChangeMessageVisibility", async url =>
    {
        await clients.Sqs.ChangeMessageVisibilityAsync(url, "none", 1);
        return "allowed";
    });

    private Task<Finding> OnQueueAsync(string action, Func<string, Task<string>> attempt) => queue is not { } open
        ? Task.FromResult(Finding.Ill(action, "not tried: there is no queue", null))
        : Permissions.TryAsync(action, QueueArn, () => attempt(open.Url), IsAboutTheMessage);

    /// <summary>They looked for the message, which is none, so they would have done it.</summary>
    private static bool IsAboutTheMessage(AwsException refusal) =>
        MessageWords.Any(word => refusal.Code.Contains(word, StringComparison.Ordinal));

    /// <summary>By the small object that the server keeps there for this.</summary>
    private Task<Finding> ReadBucketAsync()
    {
        const string action = "s3:GetObject";
        if (seen?.Bucket is not { } bucket)
            return Task.FromResult(Finding.Well(action, seen is null ? "not tried: the server has not said where artifacts are" : "not needed: artifacts come from the server"));

        return Permissions.TryAsync(action, $"arn:aws:s3:::{bucket}/{seen.BucketPrefix}*", async () =>
        {
            var probe = new BucketPlace(bucket, $"{seen.BucketPrefix}slipway-probe", place.Region);
            using var answer = await new BucketReader(TimeProvider.System, NullLogger<BucketReader>.Instance).GetAsync(probe, _ => { }, CancellationToken.None);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => "artifacts come straight from the bucket",
                HttpStatusCode.Forbidden => throw new AwsException("AccessDenied", "S3 does not give it.", answer.StatusCode),
                var status => throw new AwsException(status.ToString(), $"S3 answers {(int)status}", status),
            };
        });
    }
}
