using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Nodes;

/// <summary>
/// What is to be passed on to one other node: collected while the last letters travel, so that a word to thousands of its agents is one call. What is too much, or
/// does not arrive, is dropped: agents are told again by the node they speak with (<see cref="Reminders"/>).
/// </summary>
internal sealed partial class Outbox(string node, INodeMessages nodes, ILogger log)
{
    private const int MostWaiting = 100_000;
    private const int MostLetters = 500;
    private readonly Lock gate = new();
    private Queue<Letter> waiting = [];
    private bool sending;

    public bool Add(InstanceName instance, ReadOnlyMemory<byte>? message, string? hangUp)
    {
        lock (gate)
        {
            if (waiting.Count >= MostWaiting)
                return false;

            waiting.Enqueue(new(instance, message, hangUp));
            if (sending)
                return true;

            sending = true;
        }

        _ = SendAllAsync();
        return true;
    }

    private async Task SendAllAsync()
    {
        // Whoever hands over one message mostly has more to hand over.
        await Task.Yield();
        while (Take() is { Length: > 0 } mail)
        {
            try
            {
                if (nodes.To(node) is { } other)
                    await other.DeliverAsync(mail);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogNotDelivered(log, mail.Length, node, e.Message);
            }
        }
    }

    private NodeMail[] Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                sending = false;
                return [];
            }

            var taken = waiting;
            if (taken.Count <= MostLetters)
                waiting = [];
            else
                taken = new(Enumerable.Range(0, MostLetters).Select(_ => waiting.Dequeue()));

            return [.. Letters(taken)];
        }
    }

    /// <summary>The same bytes for many in a row are one letter.</summary>
    private static IEnumerable<NodeMail> Letters(Queue<Letter> taken)
    {
        while (taken.TryDequeue(out var first))
        {
            List<string> names = [first.Instance.Value];
            while (taken.TryPeek(out var next) && next.Message.Equals(first.Message) && next.HangUp == first.HangUp)
                names.Add(taken.Dequeue().Instance.Value);

            yield return new([.. names], first.Message?.ToArray(), first.HangUp);
        }
    }

    private readonly record struct Letter(InstanceName Instance, ReadOnlyMemory<byte>? Message, string? HangUp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages to {Node} were not delivered; their agents are told again: {Reason}")]
    private static partial void LogNotDelivered(ILogger logger, int count, string node, string reason);
}
