using Slipway.Contracts.Agent.V1;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Reporting;

/// <summary>
/// What waits to be sent. A newer status of a service takes the place of an older one that still waits, so however long the server is away, there is
/// at most one per service and one per prepared version. Only log chunks and signals can pile up, and they make their producer wait.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const int MaximumChunks = 64;

    /// <summary>Of up to 200 KB.</summary>
    private const int MaximumSignals = 8;
    private readonly Lock gate = new();
    private readonly LinkedList<(string? Key, ToServer Message)> waiting = [];
    private readonly Dictionary<string, LinkedListNode<(string? Key, ToServer Message)>> byKey = [];
    private readonly SemaphoreSlim chunkRoom = new(MaximumChunks, MaximumChunks);
    private readonly SemaphoreSlim signalRoom = new(MaximumSignals, MaximumSignals);
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

    /// <summary>As with chunks of a log.</summary>
    public async ValueTask PutSignalsAsync(V1.Signals signals, CancellationToken cancellation)
    {
        await signalRoom.WaitAsync(cancellation);
        Put(new ToServer { Signals = signals });
    }

    /// <summary>A Hello tells every status, and tails and signals belong to the connection they were asked for on: none of it needs sending any more.</summary>
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

    public void Dispose()
    {
        chunkRoom.Dispose();
        signalRoom.Dispose();
    }

    public async ValueTask<ToServer> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await WaitAsync(cancellation);
            if (TakeSome(1, int.MaxValue) is [var message])
                return message;
        }
    }

    /// <summary>Completes when something waits.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiting.First is not null)
                return Task.CompletedTask;

            if (arrived.Task.IsCompleted)
                arrived = NewSignal();

            return arrived.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>What waits, in order, as long as it fits; the first always does.</summary>
    public IReadOnlyList<ToServer> TakeSome(int most, int bytes)
    {
        lock (gate)
        {
            var taken = new List<ToServer>();
            while (taken.Count < most && waiting.First is { } first)
            {
                bytes -= first.Value.Message.CalculateSize();
                if (bytes < 0 && taken.Count > 0)
                    break;

                Remove(first);
                taken.Add(first.Value.Message);
            }

            return taken;
        }
    }

    /// <summary>They did not arrive. What a Hello does not tell waits again, unless something newer has taken its place.</summary>
    public void PutBack(IEnumerable<ToServer> messages)
    {
        lock (gate)
        {
            foreach (var message in messages.Where(message => message.PrepareStatus is not null))
            {
                if (!byKey.ContainsKey(Key(message)!))
                    Put(message);
            }
        }
    }

    private void Remove(LinkedListNode<(string? Key, ToServer Message)> node)
    {
        waiting.Remove(node);
        if (node.Value.Key is { } key)
            byKey.Remove(key);

        if (node.Value.Message.BodyCase == ToServer.BodyOneofCase.LogChunk)
            chunkRoom.Release();
        else if (node.Value.Message.BodyCase == ToServer.BodyOneofCase.Signals)
            signalRoom.Release();
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
