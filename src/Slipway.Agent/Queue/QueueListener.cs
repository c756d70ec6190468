using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Queue;

/// <summary>
/// Listens to the agent's queue, and makes it again when it is gone. A message is deleted only after what it said is on the disk, so an agent that dies
/// hears it again.
/// </summary>
internal sealed partial class QueueListener(
    AgentIdentity identity, QueuePlaces places, Inbox inbox, IConversation conversation, Random random, TimeProvider time, ILogger<QueueListener> log)
{
    private const int MostAtOnce = 10;

    /// <summary>After so long the subscription is looked after again: somebody may have removed it.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestKeeping = TimeSpan.FromSeconds(20);
    private readonly Backoff backoff = new(random);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var place = await places.KnownAsync(cancellation);
                using var clients = new AwsClients(place.Region, time);
                await ListenAsync(place, clients, new(identity, clients), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var trouble = AwsTroubles.Explain(e);
                LogTrouble(trouble);
                places.Say(trouble);
                await Task.Delay(backoff.Next(), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until where to listen changes, or it is time to look after the subscription.</summary>
    private async Task ListenAsync(QueuePlace place, AwsClients clients, QueueSetup setup, CancellationToken cancellation)
    {
        var queue = await setup.EnsureAsync(place, Services(), cancellation);
        places.Found(queue.Url, queue.SubscriptionArn, queue.IsOwn);
        LogListening(queue.Url, queue.Filter is "" ? "without a filter: this account gives no more of them" : "filtered");
        var since = time.GetTimestamp();
        while (places.IsStill(place) && time.GetElapsedTime(since) < CheckEvery)
        {
            queue = await RefilterAsync(place, queue, setup, cancellation);
            var answer = await clients.Sqs.ReceiveMessageAsync(Receive(queue.Url), cancellation);
            backoff.Reset();
            if (answer.Messages is { Count: > 0 } messages)
                await TakeAsync(queue.Url, messages, clients, cancellation);
        }
    }

    /// <summary>Services come and go; what is filtered follows.</summary>
    private async Task<OpenQueue> RefilterAsync(QueuePlace place, OpenQueue queue, QueueSetup setup, CancellationToken cancellation) =>
        queue.Filter is not "" && QueuePolicies.Filter(place.Number, Services()) is var filter && filter != queue.Filter
            ? await setup.FilterAsync(queue, filter, cancellation)
            : queue;

    private async Task TakeAsync(string url, List<Message> messages, AwsClients clients, CancellationToken cancellation)
    {
        List<(Message Message, Fate Fate)> taken = [.. messages.Select(message => (message, inbox.Take(message)))];
        foreach (var (message, _) in taken.Where(one => one.Fate == Fate.Later))
            await clients.Sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, (int)Soon.TotalSeconds, cancellation);

        List<DeleteMessageBatchRequestEntry> done = [.. taken.Where(one => one.Fate == Fate.Done).Select((one, i) =>
            new DeleteMessageBatchRequestEntry(i.ToString(System.Globalization.CultureInfo.InvariantCulture), one.Message.ReceiptHandle))];
        if (done is [] || !await AreKeptAsync(cancellation))
            return;

        await clients.Sqs.DeleteMessageBatchAsync(url, done, cancellation);
    }

    /// <summary>False: it takes too long; the messages come again.</summary>
    private async Task<bool> AreKeptAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(LongestKeeping, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await conversation.KeptAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private IEnumerable<string> Services() => conversation.Heartbeat().Services.Select(service => service.Service);

    private static ReceiveMessageRequest Receive(string url) => new()
    {
        QueueUrl = url,
        MaxNumberOfMessages = MostAtOnce,
        WaitTimeSeconds = (int)QueueSetup.LongPoll.TotalSeconds,
        VisibilityTimeout = (int)QueueSetup.Visibility.TotalSeconds,
        MessageSystemAttributeNames = ["ApproximateReceiveCount"],
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening to {Queue} ({How})")]
    private partial void LogListening(string queue, string how);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing can be heard: {Why} Services go on; trying again, and asking the server meanwhile")]
    private partial void LogTrouble(string why);
}
