using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// Publishes what waits in one environment, as much as there is in as few calls as possible, and tries again while AWS refuses. What comes meanwhile
/// waits together and goes out together.
/// </summary>
internal sealed class TopicPump(
    EnvironmentName environment, Topics topics, SnsClient sns, Announcements announcements, BroadcastMaker maker, PublishingReport report)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private TimeSpan pause = FirstPause;

    public Pending Pending { get; } = new();

    /// <summary>Until cancelled.</summary>
    /// <param name="published">Hears of every member that was told.</param>
    public async Task RunAsync(Action<LiveMember> published, TimeProvider time, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Pending.WaitAsync(cancellation);
            var (members, commands) = Pending.Take();
            try
            {
                await PublishAsync(await announcements.MakeAsync(members, cancellation), commands, cancellation);
                report.Went(environment);
                pause = FirstPause;
                foreach (var member in members)
                    published(member);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                report.Failed(environment, Trouble(e), AwsException.Of(e) is null ? e : null);
                Pending.PutBack(members);
                await Task.Delay(pause, time, cancellation);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task PublishAsync(IReadOnlyList<Announcement> states, IReadOnlyList<Announcement> commands, CancellationToken cancellation)
    {
        TopicMessage[] messages = [.. states.Concat(commands).SelectMany(announcement => maker.Make(environment, announcement))];
        if (messages is [])
            return;

        var topic = await topics.FindAsync(environment, cancellation)
            ?? throw new AwsException("NoTopic", $"No topic is set for {environment}: Slipway:Aws:Topic or Slipway:Aws:Topics:{environment}.");
        foreach (var batch in Batches(messages))
        {
            foreach (var refused in await PublishAsync(topic, batch, cancellation))
                report.Refused(environment, refused);
        }
    }

    private async Task<IReadOnlyList<RefusedMessage>> PublishAsync(string topic, IReadOnlyList<TopicMessage> batch, CancellationToken cancellation)
    {
        try
        {
            var refused = await sns.PublishAsync(topic, batch, cancellation);
            report.Published(batch.Count - refused.Count, batch.Sum(message => message.Bytes));

            // Those for which AWS blames itself are worth another attempt, with all the rest: saying it twice harms nobody.
            return refused.FirstOrDefault(one => !one.IsOurs) is { } theirs ? throw new AwsException(theirs.Code, theirs.Reason) : refused;
        }
        catch (AwsException e) when (e.IsMissing)
        {
            topics.Forget(environment);
            throw;
        }
    }

    /// <summary>At most ten messages and 256 KB a call.</summary>
    private static IEnumerable<IReadOnlyList<TopicMessage>> Batches(IEnumerable<TopicMessage> messages)
    {
        var batch = new List<TopicMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            if (batch.Count == SnsClient.MostInBatch || bytes + message.Bytes > SnsClient.MostBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += message.Bytes;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private string Trouble(Exception exception) => AwsException.Of(exception) switch
    {
        { IsDenied: true } denied => $"AWS does not let the server publish ({denied.Code}: {denied.Message}). Its role needs sns:Publish on the topic of {environment}, and sns:CreateTopic where it is to make it: docs/guides/aws.md.",
        { IsMissing: true } => $"The topic of {environment} is not there.",
        { } other => $"{other.Message} ({other.Code})",
        null => exception.Message,
    };
}
