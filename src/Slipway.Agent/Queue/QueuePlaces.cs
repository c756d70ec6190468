using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Queue;

/// <summary>The place to listen at: heard from the server, found by the listener, kept on the disk, and told to the server.</summary>
internal sealed class QueuePlaces
{
    private readonly DataFolder data;
    private readonly Lock gate = new();
    private QueuePlace? place;
    private string trouble = "The agent has not begun to listen.";
    private bool isUnwanted;
    private TaskCompletionSource changed = NewSignal();

    public QueuePlaces(DataFolder data) => (this.data, place) = (data, QueuePlace.Load(data));

    public event Action TroubleChanged = () => { };

    /// <summary>Nothing is heard at the moment; the agent has to ask.</summary>
    public bool IsDeaf
    {
        get
        {
            lock (gate)
                return trouble is not "";
        }
    }

    /// <summary>Null where the server has not said yet.</summary>
    public QueuePlace? Current
    {
        get
        {
            lock (gate)
                return place;
        }
    }

    /// <summary>How the agent listens, for its Hello.</summary>
    public Listening Listening()
    {
        lock (gate)
        {
            return new()
            {
                QueueUrl = place?.QueueUrl ?? "",
                SubscriptionArn = place?.SubscriptionArn ?? "",
                OwnQueue = place?.IsOwn ?? false,
                Trouble = trouble,
            };
        }
    }

    /// <summary>What the server said. Null: it publishes nothing.</summary>
    public void Learn(Slipway.Contracts.Agent.V1.Broker? broker)
    {
        if (broker is null)
        {
            Say("The server publishes nothing: Slipway:Aws:Topic is not set there. Commands come with heartbeats only.");
            return;
        }

        lock (gate)
        {
            var before = place;
            Keep(new()
            {
                Region = broker.Region,
                TopicArn = broker.TopicArn is { Length: > 0 } topic ? topic : before?.TopicArn ?? "",
                QueuePrefix = broker.QueuePrefix,
                DeadLetterQueueArn = broker.DeadLetterQueueArn,
                Number = broker.InstanceNumber,
                Keys = broker.Keys.ToDictionary(key => key.Id, key => key.PublicKey.ToBase64()),
                QueueUrl = before?.QueueUrl ?? "",
                SubscriptionArn = before?.SubscriptionArn ?? "",
                IsOwn = before?.IsOwn ?? false,
            });
        }
    }

    /// <summary>
    /// The server says that this instance is none of its own, or is again. While it is not, nothing is listened to: a queue that was removed with
    /// the instance must not be made again.
    /// </summary>
    public void Belongs(bool belongs)
    {
        lock (gate)
        {
            if (isUnwanted != belongs)
                return;

            isUnwanted = !belongs;
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    /// <summary>Listening has begun there.</summary>
    public void Found(string queueUrl, string subscriptionArn, bool isOwn)
    {
        lock (gate)
        {
            if (place is not null)
                Keep(place with { QueueUrl = queueUrl, SubscriptionArn = subscriptionArn, IsOwn = isOwn });
        }

        Say("");
    }

    /// <summary>Nothing can be heard, and why.</summary>
    public void Say(string why)
    {
        lock (gate)
        {
            if (trouble == why)
                return;

            trouble = why;
        }

        TroubleChanged();
    }

    /// <summary>The place, once it has a topic and as long as the server wants this instance.</summary>
    public async Task<QueuePlace> KnownAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (!isUnwanted && place is { TopicArn.Length: > 0 } known)
                    return known;

                wait = changed.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    /// <summary>Where to listen is still as it was: the rest may be learned while listening.</summary>
    public bool IsStill(QueuePlace other)
    {
        lock (gate)
            return !isUnwanted && place is { } now && (now.Region, now.TopicArn, now.QueuePrefix, now.DeadLetterQueueArn, now.Number) == (other.Region, other.TopicArn, other.QueuePrefix, other.DeadLetterQueueArn, other.Number);
    }

    private void Keep(QueuePlace next)
    {
        if (place is { } before && before with { Keys = next.Keys } == next && before.Keys.OrderBy(key => key.Key).SequenceEqual(next.Keys.OrderBy(key => key.Key)))
            return;

        next.Save(data);
        place = next;
        changed.TrySetResult();
        changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
