using System.Collections.Concurrent;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>
/// Reads executions for everybody who follows one. A whole execution may have megabytes, so of many only the outline is read, up to fifty in one call,
/// and the whole of those whose outline has changed.
/// </summary>
internal sealed class ExecutionReader(Installation installation, TimeProvider clock)
{
    /// <summary>So many ids still fit into an address of 2,000 characters.</summary>
    private const int MostInOneCall = 50;

    /// <summary>Fewer than these are read whole at once: the outline would be one call more.</summary>
    private const int FewEnough = 4;

    /// <summary>What tasks do does not show in the outline.</summary>
    private static readonly TimeSpan LongestUnread = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (Execution Whole, DateTimeOffset At)> known = [];
    private readonly Lock sync = new();
    private Dictionary<string, TaskCompletionSource<Execution?>> waiting = [];
    private bool reading;

    /// <summary>Null: Spinnaker does not know it, or not yet.</summary>
    public Task<Execution?> ReadAsync(string id, CancellationToken cancellation)
    {
        TaskCompletionSource<Execution?>? answer;
        lock (sync)
        {
            if (!waiting.TryGetValue(id, out answer))
                waiting[id] = answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

            if (!reading)
            {
                reading = true;
                _ = ReadAllAsync();
            }
        }

        return answer.Task.WaitAsync(cancellation);
    }

    /// <summary>The whole of it, as it is now: after a control call.</summary>
    public async Task<Execution?> ReadAgainAsync(string id, CancellationToken cancellation)
    {
        var whole = await installation.CallAsync((gate, token) => gate.ExecutionAsync(id, token), cancellation);
        Remember(id, whole);
        return whole;
    }

    private async Task ReadAllAsync()
    {
        // Those that are asked for while a batch is read become the next batch: the more there are, the fuller the calls.
        while (true)
        {
            Dictionary<string, TaskCompletionSource<Execution?>> batch;
            lock (sync)
            {
                if (waiting.Count == 0)
                {
                    reading = false;
                    return;
                }

                (batch, waiting) = (waiting, []);
            }

            await Task.WhenAll(batch.Chunk(MostInOneCall).Select(ReadAsync));
        }
    }

    private async Task ReadAsync(KeyValuePair<string, TaskCompletionSource<Execution?>>[] batch)
    {
        try
        {
            var outlines = batch.Length < FewEnough ? null : await OutlinesAsync(batch.Select(entry => entry.Key).ToList());
            await Task.WhenAll(batch.Select(entry => AnswerAsync(entry.Key, entry.Value, outlines)));
        }
        catch (Exception e)
        {
            foreach (var entry in batch)
                entry.Value.TrySetException(e);
        }
    }

    private async Task<Dictionary<string, string>> OutlinesAsync(IReadOnlyCollection<string> ids) =>
        (await installation.CallAsync((gate, token) => gate.ExecutionsAsync(ids, token), CancellationToken.None))
            .DistinctBy(outline => outline.Id)
            .ToDictionary(outline => outline.Id, outline => outline.Signature, StringComparer.Ordinal);

    private async Task AnswerAsync(string id, TaskCompletionSource<Execution?> answer, Dictionary<string, string>? outlines)
    {
        try
        {
            if (outlines is not null && outlines.TryGetValue(id, out var outline) && known.TryGetValue(id, out var last)
                && last.Whole.Signature == outline && last.At + LongestUnread > clock.GetUtcNow())
                answer.TrySetResult(last.Whole);
            else
                answer.TrySetResult(await ReadAgainAsync(id, CancellationToken.None));
        }
        catch (Exception e)
        {
            answer.TrySetException(e);
        }
    }

    private void Remember(string id, Execution? whole)
    {
        if (whole is null || whole.Status.IsComplete)
            known.TryRemove(id, out _);
        else
            known[id] = (whole, clock.GetUtcNow());
    }
}
