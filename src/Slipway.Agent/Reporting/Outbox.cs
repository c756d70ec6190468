using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Reporting;

/// <summary>
/// What waits to be sent. A newer status of a service takes the place of an older one that still waits, so however long the server is away, there is
/// at most one per service and one per prepared version. Only log chunks can pile up, and they make their producer wait.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const int MaximumChunks = 64;
    private readonly Lock gate = new();
    private readonly LinkedList<(string? Key, ToServer Message)> waiting = [];
    private readonly Dictionary<string, LinkedListNode<(string? Key, ToServer Message)>> byKey = [];
    private readonly SemaphoreSlim chunkRoom = new(MaximumChunks, MaximumChunks);
    private TaskCompletionSource arrived = NewSignal();

    public void Put(ToServer message)
    {
        var key = Key(message);
        lock (gate)
        {
            if (key is not null && byKey.TryGetValue(key, out var older))
            {
                older.Value = (key, message);
                return;
            }

            var node = waiting.AddLast((key, message));
            if (key is not null)
                byKey[key] = node;

            arrived.TrySetResult();
        }
    }

    /// <summary>Waits for room, so a fast log and a slow connection do not fill the memory.</summary>
    public async ValueTask PutChunkAsync(LogChunk chunk, CancellationToken cancellation)
    {
        await chunkRoom.WaitAsync(cancellation);
        Put(new ToServer { LogChunk = chunk });
    }

    /// <summary>A Hello tells every status, and tails belong to the connection they were asked for on: neither needs sending any more.</summary>
    public void BeginConnection()
    {
        lock (gate)
        {
            for (var node = waiting.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Message.BodyCase != ToServer.BodyOneofCase.PrepareStatus)
                    Remove(node);

                node = next;
            }
        }
    }

    public void Dispose() => chunkRoom.Dispose();

    public async ValueTask<ToServer> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (waiting.First is { } first)
                {
                    Remove(first);
                    return first.Value.Message;
                }

                if (arrived.Task.IsCompleted)
                    arrived = NewSignal();

                wait = arrived.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    private void Remove(LinkedListNode<(string? Key, ToServer Message)> node)
    {
        waiting.Remove(node);
        if (node.Value.Key is { } key)
            byKey.Remove(key);

        if (node.Value.Message.BodyCase == ToServer.BodyOneofCase.LogChunk)
            chunkRoom.Release();
    }

    private static string? Key(ToServer message) => message.BodyCase switch
    {
        ToServer.BodyOneofCase.Status => "s/" + message.Status.Service,
        ToServer.BodyOneofCase.PrepareStatus =>
            $"p/{message.PrepareStatus.Service}/{message.PrepareStatus.Version}/{message.PrepareStatus.ConfigRevision}/{message.PrepareStatus.Cause}",
        ToServer.BodyOneofCase.Heartbeat => "h",
        _ => null,
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
