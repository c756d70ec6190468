using System.Text;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Changes;

/// <summary>
/// What one reader has not been told yet. It holds little, however slow the reader is: events above the limit are forgotten here and read from the
/// database again, and too many targets become "all".
/// </summary>
internal sealed class ChangeReader(Func<TargetId, bool> sees, TimeProvider time) : IDisposable
{
    private const int MostEvents = 500;
    private const int MostNames = 200;
    private const long Pause = 200;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly Queue<EventFrame> events = [];
    private readonly Gathered<TargetId> targets = new(MostNames);
    private readonly Gathered<DeploymentId> progress = new(MostNames);
    private readonly Gathered<string> kinds = new(MostNames);
    private bool hasMissed;
    private bool isOver;

    public bool Sees(TargetId target) => sees(target);

    /// <summary>Never waits, never holds more than the limits.</summary>
    public void Offer(ChangeBatch batch)
    {
        lock (gate)
        {
            var wasWaiting = (targets.IsWaiting, progress.IsWaiting, kinds.IsWaiting);
            var hasEvents = OfferEvents(batch.Events);
            OfferNames(batch);
            if (hasEvents || wasWaiting != (targets.IsWaiting, progress.IsWaiting, kinds.IsWaiting))
                Wake();
        }
    }

    /// <summary>Some may have been missed, of every kind: whoever reads should look at everything again.</summary>
    public void OfferEverything()
    {
        lock (gate)
        {
            targets.AddAll();
            foreach (var kind in ChangeKinds.All)
                kinds.Add(kind);
        }
    }

    /// <summary>True once after events were forgotten: they have to be read from the database. From now on new ones are kept again.</summary>
    public bool TakeMissed()
    {
        lock (gate)
            return (hasMissed, hasMissed = false).Item1;
    }

    /// <summary>What may be told now, each a whole event of the stream.</summary>
    public List<byte[]> Take(ref long position)
    {
        var now = Now();
        List<byte[]> frames = [];
        lock (gate)
        {
            while (events.TryDequeue(out var next))
            {
                if (next.Id <= position)
                    continue;

                frames.Add(next.Bytes);
                position = next.Id;
            }

            if (progress.DueIn(now) == 0)
            {
                var (moved, tooMany) = progress.Take(now, Pause);
                if (tooMany)
                    targets.AddAll();
                else
                    frames.Add(Frame("progress", JsonSerializer.SerializeToUtf8Bytes(new() { Deployments = moved }, ContractsJson.Default.ProgressChanged)));
            }

            if (targets.DueIn(now) == 0)
            {
                var (changed, all) = targets.Take(now, Pause);
                frames.Add(Frame("targets", JsonSerializer.SerializeToUtf8Bytes(new() { Targets = changed, All = all }, ContractsJson.Default.TargetsChanged)));
            }

            if (kinds.DueIn(now) == 0)
                frames.Add(Frame("catalog", JsonSerializer.SerializeToUtf8Bytes(new() { Kinds = kinds.Take(now, Pause).Items }, ContractsJson.Default.CatalogChanged)));
        }

        return frames;
    }

    /// <summary>Until there may be something to tell. False: nothing came in this time.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        TimeSpan wait;
        bool isDue;
        lock (gate)
        {
            var now = Now();
            long? due = Min(Min(targets.DueIn(now), progress.DueIn(now)), kinds.DueIn(now));
            isDue = due is { } milliseconds && milliseconds < longest.TotalMilliseconds;
            wait = isDue ? TimeSpan.FromMilliseconds(due!.Value) : longest;
        }

        return await wake.WaitAsync(wait, cancellation) || isDue;
    }

    /// <summary>Somebody may be offering something at this very moment.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            wake.Dispose();
        }
    }

    private bool OfferEvents(IReadOnlyList<EventFrame> offered)
    {
        var any = false;
        foreach (var next in offered)
        {
            if (hasMissed || !sees(next.Target))
                continue;

            any = true;
            events.Enqueue(next);
            if (events.Count > MostEvents)
            {
                hasMissed = true;
                events.Clear();
            }
        }

        return any;
    }

    private void OfferNames(ChangeBatch batch)
    {
        if (batch.AllTargets)
            targets.AddAll();
        foreach (var target in batch.Targets)
        {
            if (sees(target))
                targets.Add(target);
        }

        foreach (var (deployment, target) in batch.Progress)
        {
            if (sees(target))
                progress.Add(deployment);
        }

        foreach (var kind in batch.Kinds)
            kinds.Add(kind);
    }

    private void Wake()
    {
        if (!isOver && wake.CurrentCount == 0)
            wake.Release();
    }

    private long Now() => (long)time.GetElapsedTime(0).TotalMilliseconds;

    private static long? Min(long? left, long? right) => left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);

    private static byte[] Frame(string name, byte[] data) => [.. Encoding.UTF8.GetBytes($"event: {name}\ndata: "), .. data, .. "\n\n"u8];
}
