using Slipway.Aws.Notifications;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Server.Access;

namespace Slipway.Server.Instances.Broker;

/// <summary>Makes topic messages of an announcement: few, signed, none larger than SNS takes.</summary>
internal sealed class BroadcastMaker(BrokerKey key, Installation installation, TimeProvider time)
{
    /// <summary>How long agents may take to ask, where a release is larger than a message may be.</summary>
    private const int AskWithinMs = 1000;

    public IEnumerable<TopicMessage> Make(EnvironmentName environment, Announcement announcement)
    {
        uint[] numbers = [.. announcement.Sayings.SelectMany(saying => saying.Numbers).Distinct().Order()];
        return Ranges.Of(numbers).SelectMany(range => Fit(environment, announcement, range));
    }

    private IEnumerable<TopicMessage> Fit(EnvironmentName environment, Announcement announcement, IReadOnlyList<uint> numbers)
    {
        var message = Message(environment, announcement, numbers);
        if (message.Bytes <= SnsClient.MostBytes)
            return [message];

        if (numbers.Count > 1 && Message(environment, announcement, [numbers[0]]).Bytes <= SnsClient.MostBytes)
            return Halves(numbers).SelectMany(half => Fit(environment, announcement, half));

        // The content itself is too large: it is fetched over the API, by a message as small as can be.
        return Make(environment, announcement with { Release = null, Sayings = [Ask(numbers)] });
    }

    private TopicMessage Message(EnvironmentName environment, Announcement announcement, IReadOnlyList<uint> numbers)
    {
        var (first, last) = (numbers[0], numbers[^1]);
        var broadcast = new Broadcast
        {
            ServerId = installation.ServerId,
            Environment = environment.Value,
            SentAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ExpiresAt = announcement.ExpiresAt?.ToUnixTimeMilliseconds() ?? 0,
            Release = announcement.Release,
        };
        foreach (var saying in announcement.Sayings)
        {
            List<uint> here = [.. saying.Numbers.Where(number => number >= first && number <= last)];
            if (here is not [])
                broadcast.Parts.Add(new Part { To = InstanceNumbers.ToRecipients(here), Message = saying.Message, WithRelease = saying.WithRelease });
        }

        return new(Convert.ToBase64String(key.Seal(broadcast)), [.. Attributes(announcement.Service, first, last, broadcast)]);
    }

    /// <summary>What subscriptions filter by, and the generations for those who look at a topic's messages.</summary>
    private static IEnumerable<TopicAttribute> Attributes(string service, uint first, uint last, Broadcast broadcast)
    {
        yield return TopicAttribute.Of(BroadcastAttributes.Service, service);
        yield return TopicAttribute.Of(BroadcastAttributes.First, first);
        yield return TopicAttribute.Of(BroadcastAttributes.Last, last);
        ulong[] generations = [.. broadcast.Parts.Select(part => part.Message.Assign?.Generation ?? 0).Where(generation => generation > 0)];
        if (generations is [])
            yield break;

        yield return TopicAttribute.Of(BroadcastAttributes.LowestGeneration, (long)generations.Min());
        yield return TopicAttribute.Of(BroadcastAttributes.HighestGeneration, (long)generations.Max());
    }

    private static Saying Ask(IReadOnlyList<uint> numbers) => new(new() { ReportIn = new() { WithinMs = AskWithinMs } }, numbers);

    private static IEnumerable<IReadOnlyList<uint>> Halves(IReadOnlyList<uint> numbers) => numbers.Chunk((numbers.Count + 1) / 2);
}
