using System.Buffers.Text;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Queue;

/// <summary>
/// Understands what comes out of the queue: believes only what the server has signed, and hands on only what is for this instance. Repeated, late and
/// reordered messages are harmless here, because generations say what counts.
/// </summary>
/// <param name="report">Has the whole story told to the server within a time.</param>
/// <param name="serverTime">By which messages expire.</param>
internal sealed partial class Inbox(
    AgentIdentity identity, QueuePlaces places, IConversation conversation, Action<TimeSpan> report, Func<DateTimeOffset> serverTime, ILogger<Inbox> log)
{
    /// <summary>Takes one message; what it says is under way when this returns.</summary>
    public Fate Take(Message message)
    {
        var place = places.Current!;
        var keys = place.Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));
        switch (Open(message, keys, out var broadcast))
        {
            case SealVerdict.Genuine when IsForUs(broadcast!):
                Obey(broadcast!, place.Number);
                return Fate.Done;
            case SealVerdict.Genuine:
                LogElsewhere(message.MessageId, broadcast!.ServerId, broadcast.Environment);
                return Fate.Done;
            case SealVerdict.UnknownKey:
                report(TimeSpan.Zero);
                LogUnknownKey(message.MessageId);
                return Poison(message, Fate.Later);
            case var verdict:
                LogPoison(message.MessageId, verdict == SealVerdict.Forged ? "its signature is wrong" : "it is no message of a Slipway server");
                return Poison(message, Fate.Left);
        }
    }

    private static SealVerdict Open(Message message, Dictionary<string, byte[]> keys, out Broadcast? broadcast)
    {
        broadcast = null;
        if (message.Body is not { } body || !Base64.IsValid(body))
            return SealVerdict.Malformed;

        return BroadcastSeal.Open(Convert.FromBase64String(body), keys, out broadcast);
    }

    private bool IsForUs(Broadcast broadcast) => broadcast.ServerId == identity.ServerId && broadcast.Environment == identity.Environment.Value;

    private void Obey(Broadcast broadcast, uint number)
    {
        if (broadcast.ExpiresAt > 0 && broadcast.ExpiresAt < serverTime().ToUnixTimeMilliseconds())
            return;

        foreach (var part in broadcast.Parts)
        {
            if (part.Message is null || !InstanceNumbers.Include(part.To ?? new(), number))
                continue;

            if (part.WithRelease)
                Complete(part.Message, broadcast.Release);

            if (part.Message.ReportIn is { } ask)
                report(TimeSpan.FromMilliseconds(Math.Clamp(ask.WithinMs, 0, 60_000)));
            else
                conversation.Receive(part.Message);
        }
    }

    private static void Complete(ToAgent message, Release? release)
    {
        if (message.Assign is { } assign)
            assign.Release = release;
        else if (message.Prepare is { } prepare)
            prepare.Release = release;
    }

    /// <summary>A dead-letter queue takes it after some attempts; without one, it is dropped here then.</summary>
    private Fate Poison(Message message, Fate meanwhile) =>
        places.Current is { DeadLetterQueueArn: "" } && Attempts(message) >= QueuePolicies.MostAttempts ? Fate.Done : meanwhile;

    private static int Attempts(Message message) =>
        message.Attributes?.TryGetValue("ApproximateReceiveCount", out var count) == true && int.TryParse(count, out var times) ? times : 1;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} is signed with a key this agent does not know; asking the server")]
    private partial void LogUnknownKey(string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} is not obeyed: {Why}")]
    private partial void LogPoison(string id, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} is for another server or environment ({ServerId}, {Environment}): is the queue subscribed to a topic that is not this agent's?")]
    private partial void LogElsewhere(string id, string serverId, string environment);
}
